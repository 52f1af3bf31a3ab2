package dev.gatehouse.control.proxy;

import dev.gatehouse.proxy.ProxyView;
import dev.gatehouse.proxy.route.SentTlv;
import dev.gatehouse.v1.BackendProtocol;
import dev.gatehouse.v1.Balance;
import dev.gatehouse.v1.L7PolicyType;
import dev.gatehouse.v1.ProxyTlv;
import dev.gatehouse.v1.RouteMode;
import dev.gatehouse.v1.RouteState;

/**
 * The closed sets of the proxy, from and to the control API.
 *
 * <p>{@code label} gives the word of the configuration, and nothing for a constant that has none
 * there: one that was not set, or one of a newer client.
 */
public final class Words {

  private Words() {}

  static String label(RouteMode mode) {
    return switch (mode) {
      case ROUTE_MODE_L4 -> dev.gatehouse.proxy.route.RouteMode.L4.label();
      case ROUTE_MODE_L7 -> dev.gatehouse.proxy.route.RouteMode.L7.label();
      case ROUTE_MODE_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  static String label(BackendProtocol protocol) {
    return switch (protocol) {
      case BACKEND_PROTOCOL_AUTO -> dev.gatehouse.proxy.route.BackendProtocol.AUTO.label();
      case BACKEND_PROTOCOL_H1 -> dev.gatehouse.proxy.route.BackendProtocol.H1.label();
      case BACKEND_PROTOCOL_H2C -> dev.gatehouse.proxy.route.BackendProtocol.H2C.label();
      case BACKEND_PROTOCOL_H2 -> dev.gatehouse.proxy.route.BackendProtocol.H2.label();
      case BACKEND_PROTOCOL_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  static String label(L7PolicyType type) {
    return switch (type) {
      case L7_POLICY_TYPE_BLOCK_USER_AGENT ->
          dev.gatehouse.proxy.route.L7Policy.Type.BLOCK_USER_AGENT.label();
      case L7_POLICY_TYPE_REQUIRE_HEADER ->
          dev.gatehouse.proxy.route.L7Policy.Type.REQUIRE_HEADER.label();
      case L7_POLICY_TYPE_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  static String label(ProxyTlv tlv) {
    return switch (tlv) {
      case PROXY_TLV_AUTHORITY -> SentTlv.AUTHORITY.label();
      case PROXY_TLV_ALPN -> SentTlv.ALPN.label();
      case PROXY_TLV_UNIQUE_ID -> SentTlv.UNIQUE_ID.label();
      case PROXY_TLV_SSL -> SentTlv.SSL.label();
      case PROXY_TLV_CRC32C -> SentTlv.CRC32C.label();
      case PROXY_TLV_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  static String label(Balance balance) {
    return switch (balance) {
      case BALANCE_ROUND_ROBIN -> dev.gatehouse.proxy.route.Balance.ROUND_ROBIN.label();
      case BALANCE_LEAST_CONNECTIONS -> dev.gatehouse.proxy.route.Balance.LEAST_CONNECTIONS.label();
      case BALANCE_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }

  /** Who speaks TLS with the client. */
  public static RouteMode of(dev.gatehouse.proxy.route.RouteMode mode) {
    return switch (mode) {
      case L4 -> RouteMode.ROUTE_MODE_L4;
      case L7 -> RouteMode.ROUTE_MODE_L7;
    };
  }

  static BackendProtocol of(dev.gatehouse.proxy.route.BackendProtocol protocol) {
    return switch (protocol) {
      case AUTO -> BackendProtocol.BACKEND_PROTOCOL_AUTO;
      case H1 -> BackendProtocol.BACKEND_PROTOCOL_H1;
      case H2C -> BackendProtocol.BACKEND_PROTOCOL_H2C;
      case H2 -> BackendProtocol.BACKEND_PROTOCOL_H2;
    };
  }

  static L7PolicyType of(dev.gatehouse.proxy.route.L7Policy.Type type) {
    return switch (type) {
      case BLOCK_USER_AGENT -> L7PolicyType.L7_POLICY_TYPE_BLOCK_USER_AGENT;
      case REQUIRE_HEADER -> L7PolicyType.L7_POLICY_TYPE_REQUIRE_HEADER;
    };
  }

  static ProxyTlv of(SentTlv tlv) {
    return switch (tlv) {
      case AUTHORITY -> ProxyTlv.PROXY_TLV_AUTHORITY;
      case ALPN -> ProxyTlv.PROXY_TLV_ALPN;
      case UNIQUE_ID -> ProxyTlv.PROXY_TLV_UNIQUE_ID;
      case SSL -> ProxyTlv.PROXY_TLV_SSL;
      case CRC32C -> ProxyTlv.PROXY_TLV_CRC32C;
    };
  }

  static Balance of(dev.gatehouse.proxy.route.Balance balance) {
    return switch (balance) {
      case ROUND_ROBIN -> Balance.BALANCE_ROUND_ROBIN;
      case LEAST_CONNECTIONS -> Balance.BALANCE_LEAST_CONNECTIONS;
    };
  }

  static RouteState of(ProxyView.State state) {
    return switch (state) {
      case SERVING -> RouteState.ROUTE_STATE_SERVING;
      case BACKEND_DOWN -> RouteState.ROUTE_STATE_BACKEND_DOWN;
      case CERTIFICATE_UNAVAILABLE -> RouteState.ROUTE_STATE_CERTIFICATE_UNAVAILABLE;
    };
  }

  /** What is wrong, in words; nothing if nothing is. */
  static String detail(ProxyView.State state) {
    return switch (state) {
      case SERVING -> "";
      case BACKEND_DOWN -> "no backend took its last connection";
      case CERTIFICATE_UNAVAILABLE -> "there is no certificate to show to clients";
    };
  }
}
