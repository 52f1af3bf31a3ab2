package dev.gatehouse.net.sockets.diag;

import dev.gatehouse.net.syscall.NetlinkSocket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A kernel that gives prepared answers, each under the number of the request before it. */
final class ScriptedNetlink implements NetlinkSocket {

  private static final int RECEIVE_BYTES = 512;

  private final MemorySegment request = Arena.ofAuto().allocate(DiagRequest.BYTES);
  private final MemorySegment received = Arena.ofAuto().allocate(RECEIVE_BYTES);
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Integer> sequences = new ArrayList<>();
  private int openResult;
  private int sendResult = DiagRequest.BYTES;
  private int sender;
  private boolean open;

  private record Answer(int sender, int result, ByteBuffer datagram) {}

  ScriptedNetlink answer(ByteBuffer datagram) {
    return answerFrom(0, datagram);
  }

  ScriptedNetlink answerFrom(int port, ByteBuffer datagram) {
    answers.add(new Answer(port, datagram.capacity(), datagram));
    return this;
  }

  ScriptedNetlink answerResult(int result) {
    answers.add(new Answer(0, result, ByteBuffer.allocate(0)));
    return this;
  }

  ScriptedNetlink failToOpen(int errno) {
    openResult = -errno;
    return this;
  }

  ScriptedNetlink failToSend(int errno) {
    sendResult = -errno;
    return this;
  }

  List<Integer> sequences() {
    return sequences;
  }

  boolean isOpen() {
    return open;
  }

  @Override
  public MemorySegment request() {
    return request;
  }

  @Override
  public MemorySegment received() {
    return received;
  }

  @Override
  public int open() {
    open = true;
    return openResult;
  }

  @Override
  public int send() {
    sequences.add(request.get(ValueLayout.JAVA_INT, DiagMessages.SEQUENCE));
    return sendResult;
  }

  @Override
  public int receive() {
    Answer answer = answers.remove();
    sender = answer.sender;
    ByteBuffer datagram = answer.datagram;
    for (int at = 0; at < datagram.capacity(); at += datagram.getInt(at)) {
      datagram.putInt(at + DiagMessages.SEQUENCE, sequences.getLast());
    }
    MemorySegment.copy(DiagMessages.segment(datagram), 0, received, 0, datagram.capacity());
    return answer.result;
  }

  @Override
  public int sender() {
    return sender;
  }

  @Override
  public void close() {
    open = false;
  }
}
