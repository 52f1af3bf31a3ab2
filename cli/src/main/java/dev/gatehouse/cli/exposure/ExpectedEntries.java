package dev.gatehouse.cli.exposure;

import dev.gatehouse.cli.text.Words;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.Listener;
import dev.gatehouse.v1.Protocol;
import dev.gatehouse.v1.Scope;
import dev.gatehouse.v1.Verdict;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was found, as entries of {@code watch.expected} to review and paste. */
public final class ExpectedEntries {

  private static final String OWN_NETNS = "own";

  private ExpectedEntries() {}

  /** Two listeners with an equal key need one entry, of the wider scope. */
  private record Key(Protocol proto, int port, String process, String unit) {

    static Key of(Listener listener) {
      boolean named = !listener.getProcess().isEmpty();
      return new Key(
          listener.getProto(),
          listener.getPort(),
          listener.getProcess(),
          named ? "" : listener.getUnit());
    }
  }

  /**
   * TOML tables for all that is neither on loopback, nor Gatehouse's own, nor a UDP port that may
   * be a client's.
   */
  public static String toml(Exposure exposure) {
    Map<Key, Scope> entries = new LinkedHashMap<>();
    exposure.getListenersList().stream()
        .filter(ExpectedEntries::isWorthExpecting)
        .sorted(ListenerOrder.FOR_PEOPLE)
        .forEach(found -> entries.putIfAbsent(Key.of(found), found.getScope()));
    if (entries.isEmpty()) {
      return "# nothing listens beyond loopback but Gatehouse itself\n";
    }
    StringBuilder toml = new StringBuilder();
    entries.forEach((key, scope) -> toml.append(table(key, scope)).append('\n'));
    return toml.substring(0, toml.length() - 1);
  }

  /** One entry in the short form. */
  static String inline(Listener listener) {
    Key key = Key.of(listener);
    StringBuilder entry = new StringBuilder("{ ");
    if (key.proto() == Protocol.PROTOCOL_UDP) {
      entry.append("proto = \"udp\", ");
    }
    entry.append("port = ").append(key.port());
    if (!key.process().isEmpty()) {
      entry.append(", process = ").append(quoted(key.process()));
    } else if (!key.unit().isEmpty()) {
      entry.append(", unit = ").append(quoted(key.unit()));
    }
    return entry
        .append(", scope = \"")
        .append(Words.of(listener.getScope()))
        .append("\" }")
        .toString();
  }

  private static boolean isWorthExpecting(Listener listener) {
    boolean client = listener.getProto() == Protocol.PROTOCOL_UDP && listener.getEphemeral();
    boolean here = listener.getNetns().equals(OWN_NETNS);
    boolean own =
        listener.getVerdict() == Verdict.VERDICT_OWN
            || listener.getVerdict() == Verdict.VERDICT_SELF;
    return here && !client && !own && listener.getScope() != Scope.SCOPE_LOOPBACK;
  }

  private static String table(Key key, Scope scope) {
    StringBuilder table = new StringBuilder("[[watch.expected]]\n");
    table.append("proto = \"").append(Words.of(key.proto())).append("\"\n");
    table.append("port = ").append(key.port()).append('\n');
    table.append("scope = \"").append(Words.of(scope)).append("\"\n");
    if (!key.process().isEmpty()) {
      table.append("process = ").append(quoted(key.process())).append('\n');
    } else if (!key.unit().isEmpty()) {
      table.append("unit = ").append(quoted(key.unit())).append('\n');
    }
    return table.toString();
  }

  /** A basic string of TOML: everything but plain ASCII is escaped. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            point -> {
              if (point == '"' || point == '\\') {
                quoted.append('\\').append((char) point);
              } else if (point >= ' ' && point < 0x7f) {
                quoted.append((char) point);
              } else {
                quoted.append(String.format(Locale.ROOT, "\\U%08x", point));
              }
            });
    return quoted.append('"').toString();
  }
}
