package dev.gatehouse.client.message;

import dev.gatehouse.client.daemon.AppliedConfig;
import dev.gatehouse.client.daemon.BlockedCount;
import dev.gatehouse.client.daemon.CertificateExpiry;
import dev.gatehouse.client.daemon.ConfigChange;
import dev.gatehouse.client.daemon.DrainProgress;
import dev.gatehouse.client.daemon.ListeningSocket;
import dev.gatehouse.client.daemon.LogLevel;
import dev.gatehouse.client.daemon.Reloaded;
import dev.gatehouse.client.daemon.RouteRate;
import dev.gatehouse.client.daemon.ServiceStatus;
import dev.gatehouse.client.daemon.Status;
import dev.gatehouse.client.daemon.Traffic;
import dev.gatehouse.v1.ApplyConfigResponse;
import dev.gatehouse.v1.GetStatusResponse;
import dev.gatehouse.v1.ReloadResponse;
import java.util.List;
import java.util.Optional;

/** Messages about the daemon as records. */
public final class DaemonMessages {

  private DaemonMessages() {}

  public static Status status(GetStatusResponse message) {
    return new Status(
        message.getVersion(),
        Moments.instant(message.getStartedAt()),
        Moments.duration(message.getUptime()),
        message.getDraining(),
        message.getServiceStatesList().stream().map(DaemonMessages::service).toList(),
        message.getSocketsList().stream().map(DaemonMessages::socket).toList(),
        traffic(message),
        message.getConfigDrift(),
        expiry(message),
        Moments.instant(message.hasGeoipBuiltAt(), message.getGeoipBuiltAt()),
        ProxyMessages.warnings(message.getWarningsList()));
  }

  private static Traffic traffic(GetStatusResponse message) {
    return new Traffic(
        message.getTotalConnections(),
        message.getActiveConnections(),
        message.getListenersList().stream().map(ProxyMessages::listener).toList(),
        rates(message.getRatesList()),
        message.getBlockedList().stream()
            .map(blocked -> new BlockedCount(blocked.getReason(), blocked.getCount()))
            .toList());
  }

  private static Optional<CertificateExpiry> expiry(GetStatusResponse message) {
    return Moments.instant(message.hasNextCertificateExpiry(), message.getNextCertificateExpiry())
        .map(at -> new CertificateExpiry(message.getNextCertificateRoute(), at));
  }

  private static ServiceStatus service(dev.gatehouse.v1.ServiceStatus message) {
    ServiceStatus.State state =
        switch (message.getState()) {
          case SERVICE_STATE_OFF -> ServiceStatus.State.OFF;
          case SERVICE_STATE_STARTING -> ServiceStatus.State.STARTING;
          case SERVICE_STATE_SERVING -> ServiceStatus.State.SERVING;
          case SERVICE_STATE_DRAINING -> ServiceStatus.State.DRAINING;
          case SERVICE_STATE_FAILED -> ServiceStatus.State.FAILED;
          case SERVICE_STATE_UNSPECIFIED, UNRECOGNIZED -> ServiceStatus.State.UNKNOWN;
        };
    return new ServiceStatus(message.getName(), state, message.getWaitingForList());
  }

  private static ListeningSocket socket(dev.gatehouse.v1.ListeningSocket message) {
    return new ListeningSocket(message.getService(), message.getProtocol(), message.getAddress());
  }

  public static DrainProgress progress(dev.gatehouse.v1.DrainProgress message) {
    return new DrainProgress(
        message.getConnections(),
        rates(message.getRoutesList()),
        message.getDone(),
        message.getForced());
  }

  private static List<RouteRate> rates(List<dev.gatehouse.v1.RouteRate> messages) {
    return messages.stream().map(DaemonMessages::rate).toList();
  }

  private static RouteRate rate(dev.gatehouse.v1.RouteRate message) {
    return new RouteRate(
        message.getListenerAddr(),
        message.getHostname(),
        RouteMessages.mode(message.getMode()),
        message.getActive(),
        message.getPerSecond(),
        message.getBytesFromClientPerSecond(),
        message.getBytesFromBackendPerSecond(),
        message.getErrorsPerSecond(),
        Moments.duration(message.hasDialP50(), message.getDialP50()),
        Moments.duration(message.hasDialP99(), message.getDialP99()));
  }

  public static Reloaded reloaded(ReloadResponse message) {
    return new Reloaded(
        message.getAppliedList(),
        message.getNeedsRestartList(),
        message.getConfigDrift(),
        ProxyMessages.warnings(message.getWarningsList()));
  }

  public static AppliedConfig applied(ApplyConfigResponse message) {
    return new AppliedConfig(
        changes(message.getChangesList()), ProxyMessages.warnings(message.getWarningsList()));
  }

  public static List<ConfigChange> changes(List<dev.gatehouse.v1.ConfigChange> messages) {
    return messages.stream()
        .map(
            change ->
                new ConfigChange(
                    change.getKind(), change.getKey(), change.getInFile(), change.getInStore()))
        .toList();
  }

  public static LogLevel level(dev.gatehouse.v1.LogLevel level) {
    return switch (level) {
      case LOG_LEVEL_DEBUG -> LogLevel.DEBUG;
      case LOG_LEVEL_INFO -> LogLevel.INFO;
      case LOG_LEVEL_WARN -> LogLevel.WARN;
      case LOG_LEVEL_ERROR -> LogLevel.ERROR;
      case LOG_LEVEL_UNSPECIFIED, UNRECOGNIZED -> LogLevel.UNKNOWN;
    };
  }

  public static dev.gatehouse.v1.LogLevel message(LogLevel level) {
    return switch (level) {
      case DEBUG -> dev.gatehouse.v1.LogLevel.LOG_LEVEL_DEBUG;
      case INFO -> dev.gatehouse.v1.LogLevel.LOG_LEVEL_INFO;
      case WARN -> dev.gatehouse.v1.LogLevel.LOG_LEVEL_WARN;
      case ERROR -> dev.gatehouse.v1.LogLevel.LOG_LEVEL_ERROR;
      case UNKNOWN -> throw ProxyMessages.unknown("level");
    };
  }
}
