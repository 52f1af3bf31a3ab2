package dev.gatehouse.cli.exposure;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.gatehouse.v1.Drift;
import dev.gatehouse.v1.DriftKind;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.Family;
import dev.gatehouse.v1.Listener;
import dev.gatehouse.v1.OwnerCounts;
import dev.gatehouse.v1.Protocol;
import dev.gatehouse.v1.Resolution;
import dev.gatehouse.v1.Scope;
import dev.gatehouse.v1.Source;
import dev.gatehouse.v1.SourceUse;
import dev.gatehouse.v1.V6Only;
import dev.gatehouse.v1.Verdict;
import java.time.Instant;

/** A small host at the edge, for golden output. */
public final class Edge {

  public static final Listener SSH =
      tcp("0.0.0.0", 22, Scope.SCOPE_PUBLIC)
          .setProcess("sshd")
          .setPid(812)
          .setUser("root")
          .setUnit("ssh.service")
          .setQueueLimit(128)
          .setVerdict(Verdict.VERDICT_EXPECTED)
          .build();

  public static final Listener FRONT_DOOR =
      tcp("::", 443, Scope.SCOPE_PUBLIC)
          .setFamily(Family.FAMILY_IPV6)
          .setV6Only(V6Only.V6_ONLY_NO)
          .setProcess("gatehouse")
          .setPid(1204)
          .setUser("gatehouse")
          .setUnit("gatehouse.service")
          .setQueueLimit(4096)
          .setVerdict(Verdict.VERDICT_OWN)
          .setService("proxy")
          .build();

  public static final Listener REDIS =
      tcp("0.0.0.0", 6379, Scope.SCOPE_PUBLIC)
          .setProcess("redis-server")
          .setPid(2231)
          .setUid(999)
          .setOwnerUid(999)
          .setUser("redis")
          .setExe("/usr/bin/redis-server")
          .setContainer("3f2a9c0d11ee")
          .setQueueLimit(511)
          .setVerdict(Verdict.VERDICT_UNEXPECTED)
          .build();

  public static final Listener WIREGUARD =
      Listener.newBuilder()
          .setProto(Protocol.PROTOCOL_UDP)
          .setFamily(Family.FAMILY_IPV6)
          .setAddress("::")
          .setPort(51820)
          .setScope(Scope.SCOPE_PUBLIC)
          .setV6Only(V6Only.V6_ONLY_NO)
          .setUser("root")
          .setNetns("own")
          .setResolution(Resolution.RESOLUTION_KERNEL)
          .setSockets(1)
          .setDrops(0)
          .setVerdict(Verdict.VERDICT_EXPECTED)
          .setNote("WireGuard")
          .build();

  public static final Listener POSTGRES =
      tcp("10.0.0.5", 5432, Scope.SCOPE_PRIVATE)
          .setProcess("postgres")
          .setResolution(Resolution.RESOLUTION_CGROUP)
          .setPid(990)
          .setUser("postgres")
          .setUnit("postgresql@16.service")
          .setQueueLimit(200)
          .setVerdict(Verdict.VERDICT_EXPECTED)
          .build();

  public static final Listener RESOLVER =
      tcp("127.0.0.53", 53, Scope.SCOPE_LOOPBACK)
          .setInterface("lo")
          .setSockets(2)
          .setQueueLimit(-1)
          .setResolution(Resolution.RESOLUTION_HIDDEN)
          .setVerdict(Verdict.VERDICT_IGNORED)
          .build();

  public static final Drift REDIS_DRIFT =
      Drift.newBuilder()
          .setKind(DriftKind.DRIFT_KIND_UNEXPECTED)
          .setListener(REDIS)
          .setSince(moment("2026-05-13T10:03:55Z"))
          .setRemedy("bind it to 127.0.0.1, stop it, or add it to watch.expected")
          .build();

  private Edge() {}

  /** A TCP listener of a proved owner, with an empty queue of unknown depth. */
  public static Listener.Builder tcp(String address, int port, Scope scope) {
    return Listener.newBuilder()
        .setProto(Protocol.PROTOCOL_TCP)
        .setFamily(Family.FAMILY_IPV4)
        .setAddress(address)
        .setPort(port)
        .setScope(scope)
        .setV6Only(V6Only.V6_ONLY_UNKNOWN)
        .setNetns("own")
        .setResolution(Resolution.RESOLUTION_FD)
        .setSockets(1)
        .setQueueLimit(-1)
        .setDrops(-1);
  }

  /** The whole host, its listeners in no order. */
  public static Exposure exposure() {
    return of(RESOLVER, POSTGRES, WIREGUARD, REDIS, FRONT_DOOR, SSH).toBuilder()
        .setOwners(OwnerCounts.newBuilder().setFd(3).setCgroup(1).setKernel(1).setHidden(1))
        .addDrift(REDIS_DRIFT)
        .build();
  }

  /** A host with these listeners and no drift. */
  public static Exposure of(Listener... listeners) {
    Exposure.Builder exposure =
        Exposure.newBuilder()
            .setTakenAt(moment("2026-05-13T10:04:05.123456Z"))
            .setHost("edge-1")
            .addSources(
                SourceUse.newBuilder()
                    .setProto(Protocol.PROTOCOL_TCP)
                    .setFamily(Family.FAMILY_IPV4)
                    .setSource(Source.SOURCE_NETLINK))
            .setAge(Duration.newBuilder().setSeconds(1));
    for (Listener listener : listeners) {
      exposure.addListeners(listener);
    }
    return exposure.build();
  }

  public static Timestamp moment(String text) {
    Instant instant = Instant.parse(text);
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
