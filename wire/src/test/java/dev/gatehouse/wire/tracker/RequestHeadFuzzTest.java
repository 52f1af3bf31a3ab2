package dev.gatehouse.wire.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.wire.tracker.RequestHead.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

class RequestHeadFuzzTest {

  @FuzzTest(maxDuration = "30s")
  void everyHeadHasAnOutcomeHoweverItIsCut(byte[] input) {
    RequestHead head = new RequestHead(256);
    ByteBuf whole = Unpooled.wrappedBuffer(input);
    Outcome outcome = head.read(whole, 0);
    assertThat(whole.readerIndex() > 0).isEqualTo(outcome == Outcome.COMPLETE);
    int searched = 0;
    Outcome pieces = Outcome.INCOMPLETE;
    for (int length = 1; length <= input.length && pieces == Outcome.INCOMPLETE; length++) {
      ByteBuf cut = Unpooled.wrappedBuffer(input, 0, length);
      pieces = head.read(cut, searched);
      searched = RequestHead.resume(cut);
    }
    // whoever sends byte by byte may be told of its length before it is told of its form
    assertThat(pieces == outcome || pieces == Outcome.TOO_LARGE).isTrue();
  }
}
