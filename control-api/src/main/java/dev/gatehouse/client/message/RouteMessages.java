package dev.gatehouse.client.message;

import dev.gatehouse.client.proxy.BackendTls;
import dev.gatehouse.client.proxy.Backends;
import dev.gatehouse.client.proxy.ProxyHeader;
import dev.gatehouse.client.proxy.Route;
import dev.gatehouse.client.proxy.RouteLimits;
import dev.gatehouse.client.proxy.RouteStatus;
import dev.gatehouse.client.proxy.ServerTls;
import dev.gatehouse.v1.BackendProtocol;
import dev.gatehouse.v1.Balance;
import dev.gatehouse.v1.ProxyTlv;
import dev.gatehouse.v1.RouteMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Routes as records and as messages. */
public final class RouteMessages {

  private RouteMessages() {}

  public static Route route(dev.gatehouse.v1.Route message) {
    return new Route(
        message.getHostname(),
        mode(message.getMode()),
        backends(message),
        new ServerTls(message.getTlsCert(), message.getTlsKey(), message.getTlsMinVersion()),
        limits(message),
        message.getL7PoliciesList().stream().map(ProxyMessages::policy).toList(),
        message.hasStatus() ? Optional.of(status(message.getStatus())) : Optional.empty());
  }

  public static dev.gatehouse.v1.Route message(Route route) {
    dev.gatehouse.v1.Route.Builder message =
        dev.gatehouse.v1.Route.newBuilder()
            .setHostname(route.hostname())
            .setMode(mode(route.mode()))
            .setTlsCert(route.tls().certificate())
            .setTlsKey(route.tls().key())
            .setTlsMinVersion(route.tls().minVersion());
    putBackends(message, route.backends());
    putLimits(message, route.limits());
    route.policies().forEach(policy -> message.addL7Policies(ProxyMessages.message(policy)));
    return message.build();
  }

  public static Route.Mode mode(RouteMode mode) {
    return switch (mode) {
      case ROUTE_MODE_UNSPECIFIED, ROUTE_MODE_L4 -> Route.Mode.L4;
      case ROUTE_MODE_L7 -> Route.Mode.L7;
      case UNRECOGNIZED -> Route.Mode.UNKNOWN;
    };
  }

  private static RouteMode mode(Route.Mode mode) {
    return switch (mode) {
      case L4 -> RouteMode.ROUTE_MODE_L4;
      case L7 -> RouteMode.ROUTE_MODE_L7;
      case UNKNOWN -> throw ProxyMessages.unknown("mode");
    };
  }

  private static Backends backends(dev.gatehouse.v1.Route message) {
    List<String> addresses =
        message.getBackend().isEmpty() ? message.getBackendsList() : List.of(message.getBackend());
    return new Backends(
        addresses,
        balance(message.getBalance()),
        Moments.duration(message.getHealthInterval()),
        protocol(message.getBackendProtocol()),
        new BackendTls(
            message.getBackendTls(),
            !message.hasBackendTlsVerify() || message.getBackendTlsVerify(),
            message.getBackendTlsCa(),
            message.getBackendTlsName()),
        new ProxyHeader(
            message.getSendProxyProtocol(),
            message.getSendProxyTlvsList().stream().map(RouteMessages::tlv).toList()));
  }

  private static void putBackends(dev.gatehouse.v1.Route.Builder message, Backends backends) {
    if (backends.addresses().size() == 1) {
      message.setBackend(backends.addresses().getFirst());
    } else {
      message.addAllBackends(backends.addresses());
    }
    BackendTls tls = backends.tls();
    message
        .setBalance(balance(backends.balance()))
        .setBackendProtocol(protocol(backends.protocol()))
        .setBackendTls(tls.used())
        .setBackendTlsVerify(tls.verified())
        .setBackendTlsCa(tls.ca())
        .setBackendTlsName(tls.name())
        .setSendProxyProtocol(backends.proxyHeader().sent());
    backends.proxyHeader().tlvs().forEach(tlv -> message.addSendProxyTlvs(tlv(tlv)));
    if (!backends.healthInterval().equals(Duration.ZERO)) {
      message.setHealthInterval(Moments.message(backends.healthInterval()));
    }
  }

  private static RouteLimits limits(dev.gatehouse.v1.Route message) {
    return new RouteLimits(
        Moments.duration(message.hasIdleTimeout(), message.getIdleTimeout()),
        Moments.duration(message.hasResponseHeaderTimeout(), message.getResponseHeaderTimeout()),
        message.hasMaxRequestBody()
            ? OptionalLong.of(message.getMaxRequestBody())
            : OptionalLong.empty());
  }

  private static void putLimits(dev.gatehouse.v1.Route.Builder message, RouteLimits limits) {
    limits.idleTimeout().map(Moments::message).ifPresent(message::setIdleTimeout);
    limits
        .responseHeaderTimeout()
        .map(Moments::message)
        .ifPresent(message::setResponseHeaderTimeout);
    limits.maxRequestBody().ifPresent(message::setMaxRequestBody);
  }

  private static RouteStatus status(dev.gatehouse.v1.RouteStatus message) {
    RouteStatus.State state =
        switch (message.getState()) {
          case ROUTE_STATE_SERVING -> RouteStatus.State.SERVING;
          case ROUTE_STATE_BACKEND_DOWN -> RouteStatus.State.BACKEND_DOWN;
          case ROUTE_STATE_CERTIFICATE_UNAVAILABLE -> RouteStatus.State.CERTIFICATE_UNAVAILABLE;
          case ROUTE_STATE_UNSPECIFIED, UNRECOGNIZED -> RouteStatus.State.UNKNOWN;
        };
    return new RouteStatus(
        message.getId(),
        message.getListenerAddr(),
        state,
        message.getDetail(),
        message.getActiveConnections(),
        Moments.instant(message.hasCertificateNotAfter(), message.getCertificateNotAfter()),
        message.getLearnedProtocol());
  }

  private static Backends.Protocol protocol(BackendProtocol protocol) {
    return switch (protocol) {
      case BACKEND_PROTOCOL_UNSPECIFIED, BACKEND_PROTOCOL_AUTO -> Backends.Protocol.AUTO;
      case BACKEND_PROTOCOL_H1 -> Backends.Protocol.H1;
      case BACKEND_PROTOCOL_H2C -> Backends.Protocol.H2C;
      case BACKEND_PROTOCOL_H2 -> Backends.Protocol.H2;
      case UNRECOGNIZED -> Backends.Protocol.UNKNOWN;
    };
  }

  private static BackendProtocol protocol(Backends.Protocol protocol) {
    return switch (protocol) {
      case AUTO -> BackendProtocol.BACKEND_PROTOCOL_AUTO;
      case H1 -> BackendProtocol.BACKEND_PROTOCOL_H1;
      case H2C -> BackendProtocol.BACKEND_PROTOCOL_H2C;
      case H2 -> BackendProtocol.BACKEND_PROTOCOL_H2;
      case UNKNOWN -> throw ProxyMessages.unknown("backend_protocol");
    };
  }

  private static Backends.Balance balance(Balance balance) {
    return switch (balance) {
      case BALANCE_UNSPECIFIED, BALANCE_ROUND_ROBIN -> Backends.Balance.ROUND_ROBIN;
      case BALANCE_LEAST_CONNECTIONS -> Backends.Balance.LEAST_CONNECTIONS;
      case UNRECOGNIZED -> Backends.Balance.UNKNOWN;
    };
  }

  private static Balance balance(Backends.Balance balance) {
    return switch (balance) {
      case ROUND_ROBIN -> Balance.BALANCE_ROUND_ROBIN;
      case LEAST_CONNECTIONS -> Balance.BALANCE_LEAST_CONNECTIONS;
      case UNKNOWN -> throw ProxyMessages.unknown("balance");
    };
  }

  private static ProxyHeader.Tlv tlv(ProxyTlv tlv) {
    return switch (tlv) {
      case PROXY_TLV_AUTHORITY -> ProxyHeader.Tlv.AUTHORITY;
      case PROXY_TLV_ALPN -> ProxyHeader.Tlv.ALPN;
      case PROXY_TLV_UNIQUE_ID -> ProxyHeader.Tlv.UNIQUE_ID;
      case PROXY_TLV_SSL -> ProxyHeader.Tlv.SSL;
      case PROXY_TLV_CRC32C -> ProxyHeader.Tlv.CRC32C;
      case PROXY_TLV_UNSPECIFIED, UNRECOGNIZED -> ProxyHeader.Tlv.UNKNOWN;
    };
  }

  private static ProxyTlv tlv(ProxyHeader.Tlv tlv) {
    return switch (tlv) {
      case AUTHORITY -> ProxyTlv.PROXY_TLV_AUTHORITY;
      case ALPN -> ProxyTlv.PROXY_TLV_ALPN;
      case UNIQUE_ID -> ProxyTlv.PROXY_TLV_UNIQUE_ID;
      case SSL -> ProxyTlv.PROXY_TLV_SSL;
      case CRC32C -> ProxyTlv.PROXY_TLV_CRC32C;
      case UNKNOWN -> throw ProxyMessages.unknown("send_proxy_tlvs");
    };
  }
}
