package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.kernel.lifecycle.Part;
import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.metric.Metric;
import dev.gatehouse.net.firewall.FirewallRule;
import dev.gatehouse.proxy.ruleset.Edit;
import dev.gatehouse.proxy.ruleset.EditRefusedException;
import dev.gatehouse.proxy.ruleset.EditRefusedException.Reason;
import dev.gatehouse.proxy.ruleset.Editing;
import dev.gatehouse.proxy.ruleset.Publication;
import dev.gatehouse.proxy.ruleset.Publication.Prepared;
import dev.gatehouse.proxy.ruleset.Ruleset;
import dev.gatehouse.proxy.ruleset.RulesetEditor.Edited;
import dev.gatehouse.proxy.store.Store;
import dev.gatehouse.proxy.store.StoreException;
import dev.gatehouse.testkit.LogGuard;
import dev.gatehouse.testkit.ManualTicker;
import dev.gatehouse.testkit.PartContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Edits from their check to the database and into force. */
class RoutingWriterTest extends PartContract {

  private static final FirewallRule RULE = rule(1);

  @RegisterExtension private final LogGuard log = new LogGuard();
  @TempDir private Path folder;

  private final EventCounters counters = new EventCounters();
  private final Stage stage = new Stage();
  private Store store;
  private RoutingWriter writer;

  /** Writes down what it is told, and fails where it is told to. */
  private static final class Stage implements Publication {

    private final List<String> told = new ArrayList<>();
    private boolean refuses;
    private boolean failsOnce;

    @Override
    public Prepared prepare(Ruleset next) throws EditRefusedException {
      if (refuses) {
        throw new EditRefusedException(Reason.NOT_NOW, "listeners", "the port is taken");
      }
      told.add("prepared " + next.firewall().size());
      return new Prepared() {
        @Override
        public void publish() {
          if (failsOnce) {
            failsOnce = false;
            throw new IllegalStateException("a bug");
          }
          told.add("published " + next.firewall().size());
        }

        @Override
        public void abandon() {
          told.add("abandoned " + next.firewall().size());
        }
      };
    }
  }

  @BeforeEach
  void open() throws StoreException {
    store = Store.open(folder.resolve("gatehouse.db"));
    writer = writer(store);
  }

  @AfterEach
  void close() throws Exception {
    writer.close();
  }

  @Override
  protected Part newPart() throws Exception {
    return writer(Store.open(folder.resolve("another.db")));
  }

  private RoutingWriter writer(Store over) {
    return new RoutingWriter(
        over,
        Ruleset.EMPTY,
        () -> new Editing(List.of(), false),
        stage,
        new ManualTicker(),
        counters);
  }

  @Test
  void anEditIsReadiedWrittenAndPublished() throws Exception {
    Edited edited = writer.edit(new Edit.AddRule(RULE));
    assertThat(edited.before()).isEqualTo(Ruleset.EMPTY);
    assertThat(edited.changes()).hasSize(1);
    assertThat(writer.ruleset()).isEqualTo(edited.after());
    assertThat(store.read()).isEqualTo(edited.after());
    assertThat(stage.told).containsExactly("prepared 1", "published 1");
    assertThat(counters.counter(Metric.STORE_WRITES, "add_rule", "ok").sum()).isEqualTo(1);
    assertThat(counters.histogram(Metric.STORE_WRITE_DURATION_SECONDS).count()).isEqualTo(1);
  }

  @Test
  void whatIsThereAlreadyTouchesNothing() throws Exception {
    assertThat(writer.edit(new Edit.Replace(Ruleset.EMPTY)).changes()).isEmpty();
    assertThat(stage.told).isEmpty();
  }

  @Test
  void aRehearsalTouchesNothing() throws Exception {
    assertThat(writer.rehearse(new Edit.AddRule(RULE)).changes()).hasSize(1);
    assertThat(writer.ruleset()).isEqualTo(Ruleset.EMPTY);
    assertThat(store.read()).isEqualTo(Ruleset.EMPTY);
    assertThat(stage.told).isEmpty();
  }

  @Test
  void aWrongEditIsRefusedAndCounted() {
    assertThat(refusal(new Edit.RemoveRule(RULE)).reason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(counters.counter(Metric.STORE_WRITES, "remove_rule", "refused").sum()).isEqualTo(1);
  }

  @Test
  void whatCannotBeReadiedIsNotWritten() throws Exception {
    stage.refuses = true;
    assertThat(refusal(new Edit.AddRule(RULE))).hasMessage("the port is taken");
    assertThat(store.read()).isEqualTo(Ruleset.EMPTY);
    assertThat(writer.ruleset()).isEqualTo(Ruleset.EMPTY);
  }

  @Test
  void whatCannotBeWrittenIsTakenBack() throws Exception {
    store.close();
    assertThat(refusal(new Edit.AddRule(RULE)).reason()).isEqualTo(Reason.NOT_WRITTEN);
    assertThat(stage.told).containsExactly("prepared 1", "abandoned 1");
    assertThat(writer.ruleset()).isEqualTo(Ruleset.EMPTY);
    assertThat(counters.counter(Metric.STORE_WRITES, "add_rule", "error").sum()).isEqualTo(1);
  }

  @Test
  void whatIsWrittenAndFailsIsPublishedFromTheDatabase() throws Exception {
    log.expect("publish_failed");
    stage.failsOnce = true;
    writer.edit(new Edit.AddRule(RULE));
    assertThat(stage.told).containsExactly("prepared 1", "prepared 1", "published 1");
    assertThat(writer.ruleset()).isEqualTo(store.read());
  }

  @Test
  void editsOfManyThreadsAreMadeOneAfterTheOther() throws Exception {
    int count = 64;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Edited>> made = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Edit edit = new Edit.AddRule(rule(i));
        made.add(threads.submit(() -> writer.edit(edit)));
      }
      for (Future<Edited> edited : made) {
        assertThat(edited.get().changes()).hasSize(1);
      }
    }
    assertThat(store.read().firewall().size()).isEqualTo(count);
    assertThat(stage.told).hasSize(2 * count).endsWith("published " + count);
  }

  @Test
  void aCopyIsOfWhatWasWritten() throws Exception {
    writer.edit(new Edit.AddRule(RULE));
    Path copy = folder.resolve("copy.db");
    assertThat(writer.snapshot(copy)).isPositive();
    try (Store copied = Store.open(copy)) {
      assertThat(copied.read()).isEqualTo(writer.ruleset());
    }
    EditRefusedException again =
        catchThrowableOfType(EditRefusedException.class, () -> writer.snapshot(copy));
    assertThat(again.reason()).isEqualTo(Reason.ALREADY_EXISTS);
  }

  @Test
  void otherWorkComesBetweenTwoEdits() throws Exception {
    writer.edit(new Edit.AddRule(RULE));
    writer.between(() -> stage.told.add("worked"));
    assertThat(stage.told).containsExactly("prepared 1", "published 1", "worked");
    assertThat(writer.routeIds()).isEmpty();
  }

  @Test
  void whoComesTooLateIsTold() throws Exception {
    writer.close();
    EditRefusedException late = refusal(new Edit.AddRule(RULE));
    assertThat(late.reason()).isEqualTo(Reason.BUSY);
    assertThat(late).hasMessage("the daemon is stopping");
  }

  @Test
  void everyOperationIsCountedFromTheStart() {
    Set<String> seen = new TreeSet<>();
    counters.collect(
        (metric, value, labels) -> {
          if (metric == Metric.STORE_WRITES) {
            seen.add(labels[0]);
          }
        });
    assertThat(seen).containsExactlyInAnyOrderElementsOf(Edit.OPERATIONS);
  }

  private EditRefusedException refusal(Edit edit) {
    return catchThrowableOfType(EditRefusedException.class, () -> writer.edit(edit));
  }

  private static FirewallRule rule(int number) {
    return new FirewallRule.Address(IpAddress.ipv4(0x0a00_0000 + number));
  }
}
