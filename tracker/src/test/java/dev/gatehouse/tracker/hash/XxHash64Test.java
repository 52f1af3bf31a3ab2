package dev.gatehouse.tracker.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XxHash64Test {

  @ParameterizedTest
  @CsvSource({
    "'', ef46db3751d8e999",
    "a, d24ec4f1a98c6e5b",
    "abc, 44bc2cf5ad770999",
  })
  void agreesWithItsSpecification(String text, String hash) {
    byte[] bytes = text.getBytes(US_ASCII);
    assertThat(XxHash64.hash(bytes, bytes.length)).isEqualTo(Long.parseUnsignedLong(hash, 16));
  }

  @Test
  void everyByteAndTheLengthCount() {
    Set<Long> hashes = new HashSet<>();
    byte[] bytes = new byte[100];
    for (int length = 0; length <= bytes.length; length++) {
      hashes.add(XxHash64.hash(bytes, length));
    }
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = 1;
      hashes.add(XxHash64.hash(bytes, bytes.length));
      bytes[i] = 0;
    }
    assertThat(hashes).hasSize(201);
  }
}
