package dev.gatehouse.proxy.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.proxy.http.response.ErrorPage;
import dev.gatehouse.proxy.http.response.Response;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Interim;
import dev.gatehouse.proxy.http.response.ResponseVerdict.Switching;
import dev.gatehouse.wire.http.Fields;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A client's side that writes down what it is told. */
final class FakeClient implements ClientStream {

  private final Channel channel;
  final List<String> told = new ArrayList<>();
  boolean writable = true;
  Optional<ErrorPage> page = Optional.empty();
  Optional<Tunnel> tunnel = Optional.empty();

  FakeClient(Channel channel) {
    this.channel = channel;
  }

  @Override
  public void interim(Interim interim) {
    told.add("interim " + interim.status());
  }

  @Override
  public void respond(Response response, boolean ended) {
    told.add("respond " + response.status() + (ended ? " ended" : ""));
  }

  @Override
  public void data(ByteBuf bytes) {
    told.add("data " + bytes.toString(ISO_8859_1));
    bytes.release();
  }

  @Override
  public void end(Fields trailer) {
    told.add("end " + trailer.count());
  }

  @Override
  public void answer(ErrorPage answered) {
    page = Optional.of(answered);
    told.add("answer " + answered.status().code());
  }

  @Override
  public void truncate() {
    told.add("truncate");
  }

  @Override
  public void reset(long code) {
    told.add("reset " + code);
  }

  @Override
  public void stopUpload() {
    told.add("stop");
  }

  @Override
  public void more() {
    told.add("more");
  }

  @Override
  public void flush() {
    told.add("flush");
  }

  @Override
  public boolean isWritable() {
    return writable;
  }

  @Override
  public Tunnel.End switchTo(Switching switching, Tunnel opened) {
    told.add("switch");
    tunnel = Optional.of(opened);
    TunnelMouth mouth = opened.ofClient(channel);
    mouth.join();
    return mouth;
  }
}
