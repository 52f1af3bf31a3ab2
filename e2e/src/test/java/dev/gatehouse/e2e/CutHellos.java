package dev.gatehouse.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A TLS client that asks for the same page again and again, its hello cut in another way each time,
 * and says in the end how often; the arguments are port, name, and what the page has to begin with.
 */
final class CutHellos {

  /** As many as the front door takes. */
  private static final int MAX_RECORDS = 64;

  private static final int LARGEST_RECORD = 200;
  private static final int PATIENCE_MILLIS = 10_000;

  private final int port;
  private final String name;
  private final String page;
  private int asked;

  private CutHellos(int port, String name, String page) {
    this.port = port;
    this.name = name;
    this.page = page;
  }

  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    CutHellos client = new CutHellos(Integer.parseInt(arguments[0]), arguments[1], arguments[2]);
    int length = client.helloLength();
    for (int i = 1; i < length; i++) {
      int at = i;
      client.ask("cut at " + at, hello -> Cuts.inTwo(hello, at));
    }
    client.ask("bytes", Cuts::bytes);
    for (int i = length / MAX_RECORDS + 1; i <= LARGEST_RECORD; i++) {
      int size = i;
      client.ask("records of " + size, hello -> Cuts.records(hello, size));
    }
    System.out.println(client.asked);
  }

  private int helloLength() throws IOException, GeneralSecurityException {
    AtomicInteger length = new AtomicInteger();
    ask(
        "whole",
        hello -> {
          length.set(hello.length);
          return List.of(hello);
        });
    return length.get();
  }

  private void ask(String how, Function<byte[], List<byte[]>> cut)
      throws IOException, GeneralSecurityException {
    asked++;
    try (Socket socket = new CutSocket(cut)) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      String answer = get(socket);
      if (!answer.startsWith("HTTP/1.1 200") || !answer.contains("\r\n\r\n" + page)) {
        throw new IOException(how + ": " + answer);
      }
    } catch (IOException e) {
      throw new IOException(how, e);
    }
  }

  private String get(Socket socket) throws IOException, GeneralSecurityException {
    // a context of its own, or else the next hello would resume this session and be another one
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    try (SSLSocket tls =
        (SSLSocket) context.getSocketFactory().createSocket(socket, name, port, true)) {
      String request = "GET / HTTP/1.1\r\nHost: " + name + "\r\nConnection: close\r\n\r\n";
      tls.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(tls.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private static final class Anybody implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      // there are no clients
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // certificates are not what is tested
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
