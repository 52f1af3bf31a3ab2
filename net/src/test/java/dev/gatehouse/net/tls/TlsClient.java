package dev.gatehouse.net.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A client of the JDK that takes every certificate and remembers what it was shown: nothing, where
 * a session was resumed.
 */
final class TlsClient {

  static final String HOST = "www.example.org";

  private static final int PATIENCE_MILLIS = 10_000;

  private final List<List<X509Certificate>> shown = new CopyOnWriteArrayList<>();
  private final SSLContext context = SSLContext.getInstance("TLS");

  TlsClient() throws GeneralSecurityException {
    context.init(null, new TrustManager[] {new Witness()}, null);
  }

  /** The chains of all full handshakes. */
  List<List<X509Certificate>> shown() {
    return shown;
  }

  /** A connection before its handshake. */
  SSLSocket connect(int port) throws IOException {
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
    plain.setSoTimeout(PATIENCE_MILLIS);
    return (SSLSocket) context.getSocketFactory().createSocket(plain, HOST, port, true);
  }

  /** A connection of one version of TLS before its handshake, which offers protocols. */
  SSLSocket connect(int port, String version, String... protocols) throws IOException {
    SSLSocket socket = connect(port);
    socket.setEnabledProtocols(new String[] {version});
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    return socket;
  }

  /** Sends a text and gives what comes back; a ticket of TLS 1.3 comes with it. */
  static String echo(Socket socket, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    socket.getOutputStream().write(bytes);
    return new String(socket.getInputStream().readNBytes(bytes.length), UTF_8);
  }

  /** Without the checks that the JDK adds for simpler ones. */
  private final class Witness extends X509ExtendedTrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
      shown.add(List.of(chain));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new UnsupportedOperationException();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
