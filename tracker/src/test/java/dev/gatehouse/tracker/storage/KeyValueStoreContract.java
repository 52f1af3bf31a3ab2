package dev.gatehouse.tracker.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.wire.Bytes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of hooks' values does, wherever it keeps them. */
abstract class KeyValueStoreContract {

  private static final Bytes KEY = Bytes.of(new byte[] {0, (byte) 0xff, '&'});
  private static final Bytes OTHER = Bytes.utf8("other");
  private static final Bytes VALUE = Bytes.of(new byte[] {1, 0, (byte) 0x80});
  private static final Bytes EMPTY = Bytes.utf8("");

  /** A store without anything in it. */
  protected abstract KeyValueStore open();

  @Test
  void givesBackWhatWasPut() throws Exception {
    try (KeyValueStore store = open()) {
      await(store.put("context", Map.of(KEY, VALUE, OTHER, EMPTY)));
      assertThat(await(store.load("context", KEY))).contains(VALUE);
      assertThat(await(store.load("context", OTHER))).contains(EMPTY);
      assertThat(await(store.contains("context", KEY))).isTrue();
    }
  }

  @Test
  void aNewValueTakesThePlaceOfTheOld() throws Exception {
    try (KeyValueStore store = open()) {
      await(store.put("context", Map.of(KEY, VALUE)));
      await(store.put("context", Map.of(KEY, OTHER)));
      assertThat(await(store.load("context", KEY))).contains(OTHER);
    }
  }

  @Test
  void whatIsNotThereIsEmptyAndNoFailure() throws Exception {
    try (KeyValueStore store = open()) {
      assertThat(await(store.load("context", KEY))).isEmpty();
      assertThat(await(store.contains("context", KEY))).isFalse();
      await(store.delete("context", Set.of(KEY)));
    }
  }

  @Test
  void contextsDoNotSeeEachOther() throws Exception {
    try (KeyValueStore store = open()) {
      await(store.put("one", Map.of(KEY, VALUE)));
      assertThat(await(store.load("other", KEY))).isEmpty();
      await(store.delete("other", Set.of(KEY)));
      assertThat(await(store.contains("one", KEY))).isTrue();
    }
  }

  @Test
  void forgetsOneAndMany() throws Exception {
    try (KeyValueStore store = open()) {
      await(store.put("context", Map.of(KEY, VALUE, OTHER, VALUE, VALUE, VALUE)));
      await(store.delete("context", Set.of(KEY)));
      assertThat(await(store.contains("context", KEY))).isFalse();
      assertThat(await(store.contains("context", OTHER))).isTrue();
      await(store.delete("context", Set.of(OTHER, VALUE, KEY)));
      assertThat(await(store.contains("context", VALUE))).isFalse();
    }
  }

  @Test
  void onceClosedItFailsAndMayBeClosedAgain() {
    KeyValueStore store = open();
    store.close();
    store.close();
    assertClosed(store.put("context", Map.of(KEY, VALUE)));
    assertClosed(store.load("context", KEY));
    assertClosed(store.contains("context", KEY));
    assertClosed(store.delete("context", Set.of(KEY)));
  }

  private static void assertClosed(CompletionStage<?> stage) {
    assertThatThrownBy(() -> await(stage))
        .hasRootCauseMessage("key-value store: closed (expected: open)");
  }

  private static <T extends @Nullable Object> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get();
  }
}
