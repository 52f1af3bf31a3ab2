package dev.gatehouse.net.acme;

import java.io.IOException;
import java.io.Serial;

/** Keys cannot be kept in that folder; the message is for operators. */
public final class FolderRefusedException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  FolderRefusedException(String message) {
    super(message);
  }

  FolderRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
