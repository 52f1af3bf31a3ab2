package dev.gatehouse.proxy.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.config.document.TomlText;
import dev.gatehouse.config.tree.Node;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.proxy.ruleset.RulesetTree;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The table {@code store_meta}: what is known about the database as a whole. */
record StoreMeta(Database database) {

  static final String SEEDED_AT = "seeded_at";

  /** Of the rules of the file, so that it can be told whether that has changed since. */
  static final String SEED_DIGEST = "seed_digest";

  Optional<String> get(String key) throws StoreException {
    return database
        .list(
            "store_meta",
            "SELECT value FROM store_meta WHERE key = ?",
            cells -> cells.text("value"),
            key)
        .stream()
        .findFirst();
  }

  /** Whether nobody has ever put anything here. */
  boolean isEmpty() throws StoreException {
    return database.number(
            """
            SELECT NOT EXISTS (SELECT 1 FROM store_meta WHERE key = ?)
              AND NOT EXISTS (SELECT 1 FROM listeners)
              AND NOT EXISTS (SELECT 1 FROM firewall_rules)\
            """,
            SEEDED_AT)
        == 1;
  }

  void seeded(Ruleset ruleset, Instant now) throws StoreException {
    put(SEEDED_AT, now.toString());
    put(SEED_DIGEST, digest(ruleset));
  }

  private void put(String key, String value) throws StoreException {
    database.update("INSERT INTO store_meta (key, value) VALUES (?, ?)", key, value);
  }

  static String digest(Ruleset ruleset) {
    Map<String, Node> rules = new LinkedHashMap<>(RulesetTree.firewall(ruleset.firewall()));
    rules.put("listeners", RulesetTree.listeners(ruleset.listeners()));
    byte[] text = TomlText.value(new Node.Table(0, rules)).getBytes(UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
