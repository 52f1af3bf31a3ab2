package dev.gatehouse.config.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/** Bytes of a file as text, strictly: no replacement characters, no control characters. */
final class FileText {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private FileText() {}

  static String decode(byte[] bytes) throws MalformedTreeException {
    if (bytes.length > Limits.MAX_BYTES) {
      throw new MalformedTreeException(
          0, "the file has " + bytes.length + " bytes: expected at most " + Limits.MAX_BYTES);
    }
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CharsetDecoder decoder = UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), out, true);
    out.flip();
    if (result.isError()) {
      throw new MalformedTreeException(lineAt(out, out.length()), "not UTF-8: save as UTF-8");
    }
    refuseControls(out);
    refuseLongLines(out.toString());
    return withoutMark(out.toString());
  }

  private static String withoutMark(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static void refuseControls(CharSequence text) throws MalformedTreeException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\t' && c != '\n' && !isBeforeLineFeed(text, i)) {
        throw new MalformedTreeException(
            lineAt(text, i), "control character 0x%02x: expected plain text".formatted((int) c));
      }
    }
  }

  /** Parsers disagree on whether a carriage return alone ends a line. */
  private static boolean isBeforeLineFeed(CharSequence text, int at) {
    return text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
  }

  private static void refuseLongLines(String text) throws MalformedTreeException {
    int line = 1;
    int start = 0;
    while (start < text.length()) {
      int lineBreak = text.indexOf('\n', start);
      int end = lineBreak < 0 ? text.length() : lineBreak;
      if (end - start > Limits.MAX_LINE_LENGTH) {
        throw new MalformedTreeException(
            line, "a line of more than " + Limits.MAX_LINE_LENGTH + " characters");
      }
      start = end + 1;
      line++;
    }
  }

  private static int lineAt(CharSequence text, int end) {
    return 1 + (int) text.chars().limit(end).filter(c -> c == '\n').count();
  }
}
