package dev.gatehouse.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Looks at a server from outside, as an authority does and others may.
 *
 * @param domain that the server is to be for
 */
record AcmeProbe(String domain, int tlsPort, int httpPort) {

  private static final String PROOF = "1.3.6.1.5.5.7.1.31";

  /** An OCTET STRING of 32 bytes within the one that every extension is. */
  private static final int PROOF_AT = 4;

  /** What is found under a token. */
  String http(String token) {
    return get("/.well-known/acme-challenge/" + token).body();
  }

  HttpResponse<String> get(String path) {
    URI uri = URI.create("http://127.0.0.1:" + httpPort + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Whether the certificate for the domain proves what is expected. */
  boolean tlsAlpn(byte[] expected) throws IOException, GeneralSecurityException {
    try (SSLSocket socket = handshake(domain, "acme-tls/1")) {
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      byte[] value = shown.getExtensionValue(PROOF);
      return socket.getApplicationProtocol().equals("acme-tls/1")
          && value != null
          && shown.getCriticalExtensionOIDs().contains(PROOF)
          && shown.getSubjectAlternativeNames().toString().contains(domain)
          && Arrays.equals(Arrays.copyOfRange(value, PROOF_AT, value.length), expected);
    } catch (SSLException _) {
      return false;
    }
  }

  /** Who signed what a client of that name is shown. */
  String issuer(String name) throws IOException, GeneralSecurityException {
    try (SSLSocket socket = handshake(name, "http/1.1")) {
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return shown.getIssuerX500Principal().getName();
    }
  }

  private SSLSocket handshake(String name, String protocol)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Everybody()}, new SecureRandom());
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), tlsPort);
    plain.setSoTimeout(10_000);
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", tlsPort, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    parameters.setServerNames(name.isEmpty() ? List.of() : List.of(new SNIHostName(name)));
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** An authority looks at what is shown and not at who signed it. */
  private static final class Everybody extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
