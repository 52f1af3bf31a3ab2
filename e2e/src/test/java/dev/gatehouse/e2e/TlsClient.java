package dev.gatehouse.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A client within TLS that writes what it is told to and reads byte by byte. */
final class TlsClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = (int) Duration.ofSeconds(20).toMillis();

  private final SSLSocket socket;
  private final InputStream in;

  private TlsClient(SSLSocket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** One that asks for that name and trusts that certificate alone. */
  static TlsClient connect(Insiders inside, Path trusted, String name, int port) throws Exception {
    Socket plain = inside.call(() -> new Socket(InetAddress.getLoopbackAddress(), port));
    SSLSocket socket =
        (SSLSocket) context(trusted).getSocketFactory().createSocket(plain, name, port, true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.startHandshake();
    return new TlsClient(socket);
  }

  private static SSLContext context(Path trusted) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(trusted)) {
      store.setCertificateEntry(
          "front door", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  TlsClient send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  TlsClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Reads the head of a response, its empty line included. */
  String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(read(1));
    }
    return head.toString(ISO_8859_1);
  }

  /** Reads so many bytes. */
  byte[] read(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new IOException("ended after " + bytes.length + " of " + count + " bytes");
    }
    return bytes;
  }

  /** Whatever still comes until the other side has finished. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
