package dev.gatehouse.client;

import dev.gatehouse.v1.Connections;
import dev.gatehouse.v1.Exposure;
import dev.gatehouse.v1.ExposureEvent;
import dev.gatehouse.v1.GetConnectionsRequest;
import dev.gatehouse.v1.GetExposureRequest;
import dev.gatehouse.v1.StreamExposureRequest;
import dev.gatehouse.v1.WatchServiceGrpc;
import java.util.function.Predicate;

/** The calls about what a host exposes, in the messages of the API. */
public final class WatchClient {

  private final Calls calls;

  WatchClient(Calls calls) {
    this.calls = calls;
  }

  /** What the host exposes. */
  public Exposure exposure(GetExposureRequest request) throws ControlException {
    return calls.answer(WatchServiceGrpc::newBlockingStub, stub -> stub.getExposure(request));
  }

  /** How many TCP sockets are in which state. */
  public Connections connections() throws ControlException {
    return calls.answer(
        WatchServiceGrpc::newBlockingStub,
        stub -> stub.getConnections(GetConnectionsRequest.getDefaultInstance()));
  }

  /**
   * Hands each event to the reader, on this thread, for as long as it asks for more.
   *
   * @param reader whether to go on after this event
   * @throws ControlException if the daemon ends the stream
   */
  public void streamExposure(StreamExposureRequest request, Predicate<ExposureEvent> reader)
      throws ControlException {
    calls.stream(WatchServiceGrpc::newBlockingStub, stub -> stub.streamExposure(request), reader);
  }
}
