package dev.gatehouse.watch;

import dev.gatehouse.config.Section;
import dev.gatehouse.kernel.address.AddressScope;
import dev.gatehouse.net.sockets.Protocol;
import dev.gatehouse.watch.drift.ExpectedListener;
import dev.gatehouse.watch.listening.PortRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the list of what may listen on this host. */
final class ExpectedEntries {

  private static final int MAX_ENTRIES = 1024;
  private static final long MAX_UID = 4_294_967_294L;
  private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

  /** The protocols of an entry, in the operator's words. */
  private enum Proto {
    TCP(Optional.of(Protocol.TCP)),
    UDP(Optional.of(Protocol.UDP)),
    ANY(Optional.empty());

    @SuppressWarnings("ImmutableEnumChecker") // an Optional of an enum
    private final Optional<Protocol> protocol;

    Proto(Optional<Protocol> protocol) {
      this.protocol = protocol;
    }

    String label() {
      return protocol.map(Protocol::label).orElse("any");
    }
  }

  /** The scopes that an entry may allow, in the operator's words. */
  private enum Reach {
    LOOPBACK(AddressScope.LOOPBACK),
    PRIVATE(AddressScope.PRIVATE),
    PUBLIC(AddressScope.PUBLIC);

    private final AddressScope scope;

    Reach(AddressScope scope) {
      this.scope = scope;
    }

    String label() {
      return scope.label();
    }
  }

  private record Read(ExpectedListener entry, int line, Section section) {}

  private ExpectedEntries() {}

  static List<ExpectedListener> read(Section watch) {
    List<Read> entries =
        watch.tables("expected", "What may listen here.", MAX_ENTRIES, ExpectedEntries::entry);
    refuseEqualOnes(entries);
    return entries.stream().map(Read::entry).toList();
  }

  private static void refuseEqualOnes(List<Read> entries) {
    Map<ExpectedListener, Integer> lines = new HashMap<>();
    for (Read read : entries) {
      Integer line = lines.putIfAbsent(read.entry(), read.line());
      if (line != null) {
        read.section().reject("port", "the same entry is in line " + line);
      }
    }
  }

  private static Read entry(Section section) {
    ExpectedListener entry =
        new ExpectedListener(
            section
                .choice("proto", "Protocol of the listener.", Proto.class, Proto::label)
                .orElse(Proto.TCP)
                .protocol,
            section
                .value(
                    "port",
                    "Port or range of ports.",
                    "a port 1–65535 or a range like \"8000-8010\"",
                    ExpectedEntries::ports,
                    ExpectedEntries::text)
                .required(new PortRange(443, 443)),
            section
                .choice("scope", "Widest scope allowed.", Reach.class, Reach::label)
                .orElse(Reach.PUBLIC)
                .scope,
            section.text("process", "Pattern for the process.").orElse(""),
            section.text("unit", "Pattern for the unit.").orElse(""),
            section.integer("uid", "User of the socket.").range(0, MAX_UID).optional().orElse(-1),
            section.flag("required", "Absence is a difference too.").orElse(false),
            section.text("note", "Shown beside the listener.").orElse(""));
    return new Read(entry, section.line(), section);
  }

  static Optional<PortRange> ports(String text) {
    Matcher ports = PORTS.matcher(text);
    if (!ports.matches()) {
      return Optional.empty();
    }
    int first = Integer.parseInt(ports.group(1));
    int last = ports.group(2) == null ? first : Integer.parseInt(ports.group(2));
    return first >= 1 && first <= last && last <= 65_535
        ? Optional.of(new PortRange(first, last))
        : Optional.empty();
  }

  private static String text(PortRange ports) {
    return ports.first() == ports.last()
        ? Integer.toString(ports.first())
        : ports.first() + "-" + ports.last();
  }
}
