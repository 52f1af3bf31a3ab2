package dev.gatehouse.config;

import dev.gatehouse.config.value.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A feature's configuration with a key of every kind, as features write theirs. */
record GateExample(Watch watch, Ops ops, Optional<Push> push, List<Hook> hooks) {

  enum SocketSource {
    AUTO,
    NETLINK,
    PROC;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  record Watch(
      boolean present,
      int series,
      boolean owners,
      double budget,
      Duration scanInterval,
      long window,
      SocketSource source,
      List<SocketSource> fallbacks,
      List<String> ignored,
      List<Expected> expected) {

    static Watch read(Section watch) {
      return new Watch(
          watch.isPresent(),
          watch.integer("max_listening_series", "series per metric").range(1, 65536).orElse(256),
          watch.flag("owners", "resolve process names").orElse(true),
          watch.decimal("budget", "share of one core").range(0.001, 1).orElse(0.02),
          watch
              .duration("scan_interval", "listener scan")
              .range(Duration.ofSeconds(1), Duration.ofMinutes(10))
              .orZero()
              .orElse(Duration.ofSeconds(10)),
          watch.size("window", "bytes in flight").range(1 << 10, 1 << 20).orElse(256L << 10),
          watch
              .choice("socket_source", "kernel table", SocketSource.class, SocketSource::label)
              .orElse(SocketSource.AUTO),
          watch
              .choices("fallbacks", "further tables", SocketSource.class, SocketSource::label)
              .orElse(List.of()),
          watch.strings("ignore_interfaces", "patterns").orElse(List.of("veth*")),
          watch.tables("expected", "listeners that should be there", 3, Expected::read));
    }
  }

  record Expected(PortRange port, String note, Optional<String> unit, long uid) {

    static Expected read(Section entry) {
      return new Expected(
          entry
              .value(
                  "port",
                  "the port",
                  "a port 1–65535 or a range like \"8000-8010\"",
                  PortRange::parse)
              .required(new PortRange(22, 22)),
          entry.text("note", "shown beside the listener").orElse(""),
          entry.text("unit", "systemd unit").optional(),
          entry.integer("uid", "of the socket").range(0, 4_294_967_294L).optional().orElse(-1));
    }
  }

  record PortRange(int first, int last) {

    static Optional<PortRange> parse(String text) {
      if (!text.matches("[1-9][0-9]{0,4}(-[1-9][0-9]{0,4})?")) {
        return Optional.empty();
      }
      List<Integer> ends = List.of(text.split("-", -1)).stream().map(Integer::valueOf).toList();
      return Optional.of(new PortRange(ends.getFirst(), ends.getLast()))
          .filter(range -> range.first <= range.last && range.last <= 65535);
    }

    @Override
    public String toString() {
      return first == last ? Integer.toString(first) : first + "-" + last;
    }
  }

  record Ops(String listen, String logLevel, Duration readTimeout, Duration headerTimeout) {

    static Ops read(Section ops) {
      Duration readTimeout =
          ops.duration("read_timeout", "of a body").orElse(Duration.ofSeconds(5));
      return new Ops(
          ops.text("listen", "metrics address")
              .matching(text -> text.startsWith("127."), "a loopback address, or \"\" for none")
              .orElse(""),
          ops.section("log", "the log")
              .text("level", "narrowest level")
              .matching(List.of("info", "debug")::contains, "info or debug")
              .orElse("info"),
          readTimeout,
          ops.duration("header_timeout", "of a head").orElse(readTimeout));
    }
  }

  record Push(Optional<Secret> credentials, List<Secret> keys, String project) {

    static Push read(Section push) {
      Push read =
          new Push(
              push.secret("credentials", "the account"),
              push.secrets("keys", "former keys"),
              push.text("project", "the project").orElse(""));
      if (read.credentials.isPresent() && read.project.isEmpty()) {
        push.refuse("project", "the project of the credentials; set both or none");
      }
      return read;
    }
  }

  sealed interface Hook {

    record Approval(List<String> clients, boolean invert) implements Hook {
      static Hook read(Section hook) {
        Section config = hook.section("config", "of the hook");
        return new Approval(
            config.strings("client_id_list", "accepted clients").orElse(List.of()),
            config.flag("invert", "refuse them instead").orElse(false));
      }
    }

    record Interval(Duration by) implements Hook {
      static Hook read(Section hook) {
        Section config = hook.section("config", "of the hook");
        return new Interval(config.duration("by", "added at most").orElse(Duration.ofMinutes(1)));
      }
    }

    static Hook read(Section hook) {
      return hook.<Hook>variant(
              "name",
              "which hook",
              Map.of("client approval", Approval::read, "interval variation", Interval::read))
          .required("client approval");
    }
  }

  static final Configuration<GateExample> CONFIGURATION = Configuration.of(GateExample::read);

  static GateExample read(Section root) {
    Section push = root.section("push", "wakes phones");
    Push read = Push.read(push);
    return new GateExample(
        Watch.read(root.section("watch", "sees listeners")),
        Ops.read(root.section("ops", "the process")),
        push.isPresent() ? Optional.of(read) : Optional.empty(),
        root.tables("hooks", "before an announce", Hook::read));
  }
}
