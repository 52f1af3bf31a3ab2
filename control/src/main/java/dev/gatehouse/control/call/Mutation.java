package dev.gatehouse.control.call;

import dev.gatehouse.control.Peer;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One change that a caller asks for: it is made unless the call is over by then, and told in one
 * line whatever comes of it.
 */
public final class Mutation {

  private static final Logger log = LoggerFactory.getLogger(Mutation.class);

  private final String method;
  private final Map<String, String> arguments = new LinkedHashMap<>();

  Mutation(String method) {
    this.method = method;
  }

  /** An argument that matters, as the caller gave it; an empty one does not. */
  public Mutation about(String key, Object value) {
    String text = CallerText.harmless(value.toString());
    if (!text.isEmpty()) {
      arguments.put(key, text);
    }
    return this;
  }

  /**
   * Makes the change.
   *
   * @throws StatusRuntimeException that says why it was not made
   */
  public <T> T make(Reply<T> change) {
    try {
      refuseIfOver();
      T made = change.give();
      tell(Status.Code.OK);
      return made;
    } catch (Exception e) {
      StatusRuntimeException refused = Answers.failure(e);
      tell(refused.getStatus().getCode());
      throw refused;
    }
  }

  /** Nobody waits for the change any more, so nobody would learn of it. */
  private static void refuseIfOver() {
    Context call = Context.current();
    if (call.isCancelled()) {
      throw Contexts.statusFromCancelled(call).asRuntimeException();
    }
  }

  private void tell(Status.Code result) {
    Peer peer = Peer.current();
    LoggingEventBuilder line =
        log.atInfo()
            .setMessage("control")
            .addKeyValue("method", method)
            .addKeyValue("uid", peer.uid())
            .addKeyValue("pid", peer.pid());
    for (Map.Entry<String, String> argument : arguments.entrySet()) {
      line = line.addKeyValue(argument.getKey(), argument.getValue());
    }
    line.addKeyValue("result", result).log();
  }
}
