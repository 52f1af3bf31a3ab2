package dev.gatehouse.tracker.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryKeyValuesTest extends KeyValueStoreContract {

  @Override
  protected KeyValueStore open() {
    return new MemoryKeyValues();
  }

  @Test
  void endsWithTheProcess() {
    try (KeyValueStore store = open()) {
      assertThat(store.isPreserved()).isFalse();
    }
  }
}
