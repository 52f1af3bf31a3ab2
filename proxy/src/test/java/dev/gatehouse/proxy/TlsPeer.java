package dev.gatehouse.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client of the JDK's TLS that asks for a name; sessions are resumed by the same one. */
public final class TlsPeer {

  private final SSLContext context;

  private TlsPeer(boolean trusting) throws GeneralSecurityException {
    context = SSLContext.getInstance("TLS");
    context.init(
        null, trusting ? InsecureTrustManagerFactory.INSTANCE.getTrustManagers() : null, null);
  }

  /** Believes every certificate. */
  public static TlsPeer trusting() throws GeneralSecurityException {
    return new TlsPeer(true);
  }

  /** Believes what the platform believes. */
  public static TlsPeer strict() throws GeneralSecurityException {
    return new TlsPeer(false);
  }

  /** Before the handshake. */
  public SSLSocket over(Socket plain, String name, String... protocols) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, name, 443, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(name)));
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    return socket;
  }

  /** What comes back for a text, in which a dollar stands for CRLF, until the connection ends. */
  public static String ask(SSLSocket socket, String text) throws IOException {
    socket.getOutputStream().write(text.replace("$", "\r\n").getBytes(ISO_8859_1));
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1).replace("\r\n", "$");
  }
}
