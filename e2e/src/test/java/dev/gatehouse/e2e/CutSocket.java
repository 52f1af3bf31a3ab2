package dev.gatehouse.e2e;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.function.Function;

/** A socket that sends the first flight in pieces, each in a segment of its own. */
final class CutSocket extends Socket {

  private final Function<byte[], List<byte[]>> cut;

  /**
   * @param cut what becomes of the first bytes that are written
   */
  CutSocket(Function<byte[], List<byte[]>> cut) {
    this.cut = cut;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    setTcpNoDelay(true);
    return new Cutting(super.getOutputStream(), cut);
  }

  private static final class Cutting extends FilterOutputStream {

    private final Function<byte[], List<byte[]>> cut;
    private boolean begun;

    Cutting(OutputStream out, Function<byte[], List<byte[]>> cut) {
      super(out);
      this.cut = cut;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      byte[] all = new byte[length];
      System.arraycopy(bytes, offset, all, 0, length);
      for (byte[] piece : begun ? List.of(all) : cut.apply(all)) {
        out.write(piece);
        out.flush();
      }
      begun = true;
    }
  }
}
