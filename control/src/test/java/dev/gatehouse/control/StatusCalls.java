package dev.gatehouse.control;

import dev.gatehouse.control.call.Answers;
import dev.gatehouse.control.call.Reply;
import dev.gatehouse.v1.DaemonServiceGrpc;
import dev.gatehouse.v1.GetStatusRequest;
import dev.gatehouse.v1.GetStatusResponse;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One call, which answers what the test says and notes who made it, on what kind of thread. */
final class StatusCalls extends DaemonServiceGrpc.DaemonServiceImplBase implements ControlCalls {

  final List<Peer> peers = new ArrayList<>();
  final List<Context> contexts = new CopyOnWriteArrayList<>();
  final List<Boolean> onVirtualThread = new ArrayList<>();
  private final Reply<GetStatusResponse> reply;

  StatusCalls() {
    this(() -> GetStatusResponse.newBuilder().setVersion("1.2.3").build());
  }

  StatusCalls(Reply<GetStatusResponse> reply) {
    this.reply = reply;
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> call) {
    contexts.add(Context.current());
    peers.add(Peer.current());
    onVirtualThread.add(Thread.currentThread().isVirtual());
    Answers.answer(call, reply);
  }

  @Override
  public void drain() {
    // calls end by themselves
  }
}
