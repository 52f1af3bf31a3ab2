package dev.gatehouse.proxy.upstream.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.proxy.http.response.Response;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Interim;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Switching;
import dev.gatehouse.wire.http.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what a backend says, the bytes of its body in one. */
public final class RecordedEvents implements BackendEvents {

  public final List<String> told = new ArrayList<>();
  public final StringBuilder body = new StringBuilder();
  public Optional<BackendStream> stream = Optional.empty();
  public Optional<BackendFailure> failure = Optional.empty();
  Optional<Response> response = Optional.empty();
  Fields trailer = Fields.NONE;
  int rounds;
  Runnable onData = () -> {};
  Runnable onEnd = () -> {};

  @Override
  public void opened(BackendStream opened) {
    stream = Optional.of(opened);
    told.add("opened");
  }

  @Override
  public void interim(Interim interim) {
    told.add("interim " + interim.status());
  }

  @Override
  public void response(Response head, boolean ended) {
    response = Optional.of(head);
    told.add("response " + head.status() + (ended ? " ended" : ""));
  }

  @Override
  public void data(ByteBuf bytes) {
    body.append(bytes.toString(ISO_8859_1));
    bytes.release();
    onData.run();
  }

  @Override
  public void end(Fields fields) {
    trailer = fields;
    told.add("end");
    onEnd.run();
  }

  @Override
  public void last(ByteBuf bytes) {
    data(bytes);
    end(Fields.NONE);
  }

  @Override
  public void readComplete() {
    rounds++;
  }

  @Override
  public void writable() {
    told.add("writable");
  }

  @Override
  public void switched(Switching switching, Channel channel, ByteBuf first) {
    told.add("switched " + first.toString(ISO_8859_1));
    first.release();
  }

  @Override
  public void failed(BackendFailure why) {
    failure = Optional.of(why);
    told.add(why.label());
  }
}
