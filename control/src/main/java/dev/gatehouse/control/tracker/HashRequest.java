package dev.gatehouse.control.tracker;

import dev.gatehouse.config.Section;
import dev.gatehouse.config.tree.Node;
import dev.gatehouse.control.call.Request;
import dev.gatehouse.control.call.RequestTree;
import dev.gatehouse.tracker.rule.HashRule;
import dev.gatehouse.tracker.rule.Verdict;
import dev.gatehouse.v1.DeleteHashRulesRequest;
import dev.gatehouse.v1.PutHashRulesRequest;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.InfoHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what callers say of torrents and decide about them. */
final class HashRequest {

  private static final String EXPECTED = "an info hash of 40 or 64 hexadecimal digits";
  private static final InfoHash NONE = InfoHash.v1(0, 0, 0);
  private static final int MAX_AT_ONCE = 100_000;

  private HashRequest() {}

  static InfoHash torrent(String text) {
    return Request.read(
            new RequestTree().given("info_hash", text),
            root ->
                root.value("info_hash", "of a torrent", EXPECTED, HashRequest::parse)
                    .required(NONE))
        .value();
  }

  static List<InfoHash> torrents(DeleteHashRulesRequest request) {
    return Request.read(
            new RequestTree().texts("info_hashes", request.getInfoHashesList()),
            root ->
                root.values("info_hashes", "of torrents", EXPECTED, HashRequest::parse)
                    .orElse(List.of()))
        .value();
  }

  /**
   * The rules of a request.
   *
   * @param now when they are decided
   */
  static List<HashRule> rules(PutHashRulesRequest request, Instant now) {
    List<Node> rules = new ArrayList<>();
    for (dev.gatehouse.v1.HashRule rule : request.getRulesList()) {
      rules.add(tree(rule).table());
    }
    return Request.read(
            new RequestTree().array("rules", rules),
            root -> root.tables("rules", "what is decided", MAX_AT_ONCE, rule -> rule(rule, now)))
        .value();
  }

  private static RequestTree tree(dev.gatehouse.v1.HashRule rule) {
    return new RequestTree()
        .given("info_hash", rule.getInfoHash())
        .givenChoice("verdict", TrackerMessages.label(rule.getVerdict()), rule.getVerdictValue())
        .text("note", rule.getNote());
  }

  private static HashRule rule(Section rule, Instant now) {
    return new HashRule(
        rule.value("info_hash", "of a torrent", EXPECTED, HashRequest::parse).required(NONE),
        rule.choice("verdict", "what becomes of it", Verdict.class, Verdict::label)
            .required(Verdict.DENY),
        rule.text("note", "why")
            .matching(
                note -> note.length() <= HashRule.MAX_NOTE,
                "at most " + HashRule.MAX_NOTE + " characters")
            .orElse(""),
        now);
  }

  /** Digits alone: raw bytes would be text that nobody can type. */
  private static Optional<InfoHash> parse(String text) {
    return text.length() == 2 * InfoHash.V1_LENGTH || text.length() == 2 * InfoHash.V2_LENGTH
        ? InfoHash.parse(Bytes.utf8(text))
        : Optional.empty();
  }
}
