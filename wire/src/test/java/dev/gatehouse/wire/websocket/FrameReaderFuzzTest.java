package dev.gatehouse.wire.websocket;

import com.code_intelligence.jazzer.junit.FuzzTest;

class FrameReaderFuzzTest {

  @FuzzTest(maxDuration = "30s")
  void agreesWithNettyOnAnything(byte[] input) {
    BothReaders.agreeOn(input);
  }
}
