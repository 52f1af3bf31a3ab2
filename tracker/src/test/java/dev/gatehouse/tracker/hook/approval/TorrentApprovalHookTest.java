package dev.gatehouse.tracker.hook.approval;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.testkit.Await;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.tracker.config.ApprovalSource;
import dev.gatehouse.tracker.config.HookConfig.TorrentApproval;
import dev.gatehouse.tracker.hook.HookContext;
import dev.gatehouse.tracker.hook.HookVerdict;
import dev.gatehouse.tracker.hook.Requests;
import dev.gatehouse.tracker.request.AnnounceReply;
import dev.gatehouse.tracker.request.Parameters;
import dev.gatehouse.tracker.request.Rejections;
import dev.gatehouse.tracker.rule.HashRule;
import dev.gatehouse.tracker.rule.MemoryRules;
import dev.gatehouse.tracker.rule.OperatorRules;
import dev.gatehouse.tracker.rule.Verdict;
import dev.gatehouse.tracker.storage.MemoryKeyValues;
import dev.gatehouse.wire.Bytes;
import dev.gatehouse.wire.tracker.InfoHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorrentApprovalHookTest {

  private static final String OTHER = "4532cf2d327fad8448c075b4cb42c8136964a435";
  private static final String V2 =
      "9367f05cc197c61af96eebaa14ae2e47db5761a7ba26eaab959e3f99bdecf408";

  private static final String FIRST_SHA1 = "a10e8e9e81702bf8482f251551ff4fe011cba6a7";
  private static final String SECOND_SHA1 = "e86d393bd458d2acc46d5467bc8cb8b30b1bfa77";
  private static final String SECOND_SHA256 =
      "366894fafab8e0367d7c1a1605be938af780aebf817e4e1936e0953dea3cb902";

  private static final byte[] FIRST =
      torrent("test.txt", 5, "4e1243bd22c66e76c2ba9eddc1f91394e57f9f83");
  private static final byte[] SECOND =
      torrent("test0.txt", 4, "a8fdc205a9f19cc1c7507a60c4f01b13d11d7fd0");

  private static final Duration SHORT = Duration.ofMillis(10);

  @RegisterExtension final LogGuard log = new LogGuard();

  @TempDir Path folder;

  private final MemoryKeyValues store = new MemoryKeyValues();
  private final OperatorRules operators = new OperatorRules(new MemoryRules());
  private TorrentApprovalHook hook = listed(false, false);

  @AfterEach
  void close() {
    hook.close();
  }

  @Test
  void aListLetsInWhatIsOnIt() {
    hook.start();
    assertThat(passes(Requests.HASH)).isTrue();
    assertThat(passes(OTHER)).isFalse();
  }

  @Test
  void anInvertedListKeepsOutWhatIsOnIt() {
    hook = listed(true, true);
    hook.start();
    assertThat(passes(Requests.HASH)).isFalse();
    assertThat(passes(OTHER)).isTrue();
  }

  @Test
  void whatAnOperatorAllowsNeedNotBeOnTheList() throws Exception {
    hook.start();
    operators.put(List.of(new HashRule(Requests.hash(OTHER), Verdict.ALLOW, "", Instant.EPOCH)));
    assertThat(passes(OTHER)).isTrue();
  }

  @Test
  void aLongHashApprovesItsTruncatedForm() {
    hook = hook(new ApprovalSource.Listed(List.of(Requests.hash(V2))), false, false);
    hook.start();
    assertThat(passes(V2)).isTrue();
    assertThat(passes(V2.substring(0, 40))).isTrue();
  }

  @Test
  void aTruncatedHashApprovesTheLongOne() {
    hook =
        hook(new ApprovalSource.Listed(List.of(Requests.hash(V2.substring(0, 40)))), false, false);
    hook.start();
    assertThat(passes(V2)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"false, false, false", "false, true, true", "true, true, true", "true, false, false"})
  void aStoreThatFailsIsOpenOrClosedAsTold(boolean invert, boolean failOpen, boolean passes) {
    log.expect("storage_error");
    hook = listed(invert, failOpen);
    hook.start();
    store.close();
    assertThat(passes(OTHER)).isEqualTo(passes);
  }

  @Test
  void aFolderIsReadBeforeTheStartEnds() throws Exception {
    Files.write(folder.resolve("a.TORRENT"), FIRST);
    Files.write(folder.resolve("b.txt"), SECOND);
    hook = directory(Duration.ofHours(1), false);
    hook.start();
    assertThat(passes(FIRST_SHA1)).isTrue();
    assertThat(passes(V2)).isTrue();
    assertThat(passes(V2.substring(0, 40))).isTrue();
    assertThat(passes(SECOND_SHA1)).isFalse();
    assertThat(store.load("TEST", Listing.key(Requests.hash(FIRST_SHA1))).toCompletableFuture())
        .isCompletedWithValueMatching(
            value -> value.equals(java.util.Optional.of(Bytes.utf8("test.txt"))));
  }

  @Test
  void aFolderIsFollowed() throws Exception {
    hook = directory(SHORT, false);
    hook.start();
    Path file = Files.write(folder.resolve("a.torrent"), FIRST);
    Await.until("the new file", () -> passes(FIRST_SHA1));
    Files.write(file, SECOND);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
    Await.until("the changed file", () -> passes(SECOND_SHA256) && !passes(FIRST_SHA1));
    Files.delete(file);
    Await.until("the vanished file", () -> !passes(SECOND_SHA1));
  }

  @Test
  void aTorrentStaysWhileAnyFileHoldsIt() throws Exception {
    Path one = Files.write(folder.resolve("a.torrent"), FIRST);
    Files.write(folder.resolve("b.torrent"), FIRST);
    Path marker = Files.write(folder.resolve("c.torrent"), SECOND);
    hook = directory(SHORT, false);
    hook.start();
    Files.delete(one);
    Files.delete(marker);
    Await.until("a look after the removal", () -> !passes(SECOND_SHA1));
    assertThat(passes(FIRST_SHA1)).isTrue();
  }

  @Test
  void foldersWithinAreReadIfSaidSo() throws Exception {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.write(inner.resolve("a.torrent"), FIRST);
    hook = directory(Duration.ofHours(1), false);
    hook.start();
    assertThat(passes(FIRST_SHA1)).isFalse();
    hook = directory(Duration.ofHours(1), true);
    hook.start();
    assertThat(passes(FIRST_SHA1)).isTrue();
  }

  @Test
  void aFileThatIsNoTorrentIsSkipped() throws Exception {
    log.expect("approval_file_skipped");
    Files.writeString(folder.resolve("a.torrent"), "d4:infoi1ee");
    Files.writeString(folder.resolve("b.torrent"), "d4:info");
    Files.writeString(folder.resolve("c.torrent"), "le");
    Files.writeString(folder.resolve("d.torrent"), "d1:ai1ee");
    Files.write(folder.resolve("e.torrent"), FIRST);
    hook = directory(Duration.ofHours(1), false);
    hook.start();
    assertThat(log.events("approval_file_skipped")).hasSize(4);
    assertThat(passes(FIRST_SHA1)).isTrue();
  }

  @Test
  void aFolderThatIsGoneLeavesTheListAsItIs() throws Exception {
    log.expect("approval_scan_failed");
    Path gone = folder.resolve("gone");
    hook = hook(new ApprovalSource.InDirectory(gone, SHORT, false), false, false);
    hook.start();
    assertThat(passes(FIRST_SHA1)).isFalse();
    Files.createDirectory(gone);
    Files.write(gone.resolve("a.torrent"), FIRST);
    Await.until("the folder", () -> passes(FIRST_SHA1));
  }

  @Test
  void aFileHoldsAHashOnEachLine() throws Exception {
    log.expect("approval_file_skipped");
    Path file = folder.resolve("hashes");
    Files.writeString(
        file, "# ours\n" + Requests.HASH.toUpperCase(java.util.Locale.ROOT) + " # one\n\nnope\n");
    hook = hook(new ApprovalSource.InFile(file, SHORT), false, false);
    hook.start();
    assertThat(passes(Requests.HASH)).isTrue();
    assertThat(log.events("approval_file_skipped").getFirst().fields()).containsEntry("line", "4");
    Files.writeString(file, OTHER + "\n" + V2 + "\n");
    Await.until("the new lines", () -> passes(OTHER) && !passes(Requests.HASH));
  }

  private boolean passes(String hash) {
    InfoHash parsed = Requests.hash(hash);
    HookVerdict verdict =
        hook.announce(
            HookContext.EMPTY,
            Requests.announce(parsed, Requests.peer(Requests.PEER), Parameters.NONE),
            new AnnounceReply());
    return verdict instanceof HookVerdict.Passed;
  }

  private TorrentApprovalHook listed(boolean invert, boolean failOpen) {
    return hook(new ApprovalSource.Listed(List.of(Requests.hash(Requests.HASH))), invert, failOpen);
  }

  private TorrentApprovalHook directory(Duration period, boolean recursive) {
    return hook(new ApprovalSource.InDirectory(folder, period, recursive), false, false);
  }

  private TorrentApprovalHook hook(ApprovalSource source, boolean invert, boolean failOpen) {
    return new TorrentApprovalHook(
        new TorrentApproval(source, invert, "TEST", failOpen),
        store,
        new Rejections("gatehouse").torrentNotAllowed(),
        operators,
        Ticker.system(),
        new EventCounters());
  }

  /** A file whose {@code info} has these values, and a tracker before it. */
  private static byte[] torrent(String name, int length, String pieces) {
    String raw = new String(HexFormat.of().parseHex(pieces), ISO_8859_1);
    return "d8:announce3:udp4:infod6:lengthi%de4:name%d:%s12:piece lengthi32768e6:pieces20:%see"
        .formatted(length, name.length(), name, raw)
        .getBytes(ISO_8859_1);
  }
}
