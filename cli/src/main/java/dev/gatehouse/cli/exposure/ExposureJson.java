package dev.gatehouse.cli.exposure;

import dev.gatehouse.cli.text.Json;
import dev.gatehouse.cli.text.Times;
import dev.gatehouse.cli.text.Words;
import dev.gatehouse.v1.Change;
import dev.gatehouse.v1.Drift;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.ExposureEvent;
import dev.gatehouse.v1.Listener;
import dev.gatehouse.v1.OwnerCounts;
import dev.gatehouse.v1.Protocol;
import dev.gatehouse.v1.V6Only;

/** An exposure for programs; a renamed or removed field raises {@code version}. */
public final class ExposureJson {

  private static final int VERSION = 1;
  private static final int UNKNOWN = -1;

  private ExposureJson() {}

  /** The whole, on one line. */
  public static String of(Exposure exposure) {
    return Json.object(json -> exposure(json, exposure));
  }

  /** One event of a stream, on one line. */
  public static String of(ExposureEvent event) {
    return Json.object(
        json -> {
          json.number("version", VERSION)
              .text("at", Times.forPrograms(event.getAt()))
              .text("change", Words.of(event.getChange()));
          if (event.getChange() == Change.CHANGE_SNAPSHOT) {
            json.object("snapshot", inner -> exposure(inner, event.getSnapshot()));
          } else {
            json.nothing("snapshot");
          }
          listenerOrNull(json, "listener", event.hasListener(), event.getListener());
          listenerOrNull(json, "was", event.hasWas(), event.getWas());
          driftOrNull(json, event);
        });
  }

  private static void exposure(Json json, Exposure exposure) {
    json.number("version", VERSION)
        .text("taken_at", Times.forPrograms(exposure.getTakenAt()))
        .text("host", exposure.getHost())
        .truth("stale", exposure.getStale())
        .objects(
            "sources",
            exposure.getSourcesList(),
            use ->
                json.text("proto", Words.of(use.getProto()))
                    .text("family", Words.of(use.getFamily()))
                    .text("source", Words.of(use.getSource()))
                    .text("error", use.getError()))
        .object("owners", inner -> owners(inner, exposure.getOwners()))
        .objects("listeners", exposure.getListenersList(), listener -> listener(json, listener))
        .objects("drift", exposure.getDriftList(), drift -> indexed(json, exposure, drift))
        .texts("warnings", exposure.getWarningsList())
        .number("truncated", exposure.getTruncated())
        .number("omitted", exposure.getOmitted());
  }

  private static void owners(Json json, OwnerCounts owners) {
    json.number("fd", owners.getFd())
        .number("cgroup", owners.getCgroup())
        .number("kernel", owners.getKernel())
        .number("hidden", owners.getHidden())
        .number("pending", owners.getPending())
        .number("off", owners.getOff());
  }

  private static void listener(Json json, Listener listener) {
    json.text("proto", Words.of(listener.getProto()))
        .text("family", Words.of(listener.getFamily()))
        .text("address", listener.getAddress())
        .text("interface", listener.getInterface())
        .number("port", listener.getPort())
        .text("scope", Words.of(listener.getScope()));
    v6Only(json, listener.getV6Only());
    json.text("process", listener.getProcess())
        .number("pid", listener.hasPid() ? listener.getPid() : UNKNOWN)
        .number("uid", listener.getUid())
        .number("owner_uid", listener.hasOwnerUid() ? listener.getOwnerUid() : UNKNOWN)
        .text("user", listener.getUser())
        .text("exe", listener.getExe())
        .text("unit", listener.getUnit())
        .text("container", listener.getContainer())
        .text("netns", listener.getNetns())
        .text("resolution", Words.of(listener.getResolution()))
        .number("sockets", listener.getSockets())
        .truth("ephemeral", listener.getEphemeral())
        .number("queue_length", listener.getQueueLength())
        .number("queue_limit", listener.getQueueLimit())
        .number(
            "drops", listener.getProto() == Protocol.PROTOCOL_UDP ? listener.getDrops() : UNKNOWN)
        .text("verdict", Words.of(listener.getVerdict()))
        .text("note", listener.getNote())
        .text("service", listener.getService());
  }

  private static void v6Only(Json json, V6Only v6Only) {
    switch (v6Only) {
      case V6_ONLY_YES -> json.truth("v6only", true);
      case V6_ONLY_NO -> json.truth("v6only", false);
      case V6_ONLY_UNKNOWN, V6_ONLY_UNSPECIFIED, UNRECOGNIZED -> json.nothing("v6only");
    }
  }

  /** In a whole exposure the listener is told by its place there; missing ones have none. */
  private static void indexed(Json json, Exposure exposure, Drift drift) {
    json.text("kind", Words.of(drift.getKind()))
        .number(
            "listener",
            drift.hasListener()
                ? exposure.getListenersList().indexOf(drift.getListener())
                : UNKNOWN);
    details(json, drift);
  }

  private static void driftOrNull(Json json, ExposureEvent event) {
    if (!event.hasDrift()) {
      json.nothing("drift");
      return;
    }
    Drift drift = event.getDrift();
    json.object(
        "drift",
        inner -> {
          inner.text("kind", Words.of(drift.getKind()));
          listenerOrNull(inner, "listener", drift.hasListener(), drift.getListener());
          details(inner, drift);
        });
  }

  private static void details(Json json, Drift drift) {
    json.text("expected", drift.getExpected())
        .text("since", Times.forPrograms(drift.getSince()))
        .text("remedy", drift.getRemedy());
  }

  private static void listenerOrNull(Json json, String name, boolean present, Listener listener) {
    if (present) {
      json.object(name, inner -> listener(inner, listener));
    } else {
      json.nothing(name);
    }
  }
}
