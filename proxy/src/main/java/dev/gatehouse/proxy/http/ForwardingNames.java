package dev.gatehouse.proxy.http;

import java.util.Locale;
import java.util.Set;

/** The fields by which proxies tell of whom they speak for, and which clients like to forge. */
public final class ForwardingNames {

  public static final String FORWARDED = "Forwarded";
  public static final String FOR = "X-Forwarded-For";
  public static final String PROTO = "X-Forwarded-Proto";
  public static final String HOST = "X-Forwarded-Host";
  public static final String PORT = "X-Forwarded-Port";
  public static final String REAL_IP = "X-Real-IP";

  private static final String FAMILY = "x-forwarded-";
  private static final Set<String> OTHERS =
      Set.of("cf-connecting-ip", "forwarded", "true-client-ip", "x-client-ip", "x-real-ip");

  private ForwardingNames() {}

  /** Whether this is that name, or passes for it where {@code _} and {@code -} are the same. */
  public static boolean passesFor(String name, String other) {
    return name.length() == other.length()
        && name.replace('_', '-').equalsIgnoreCase(other.replace('_', '-'));
  }

  /** Whether this is one of them, or passes for one where {@code _} and {@code -} are the same. */
  public static boolean contains(String name) {
    String folded = name.toLowerCase(Locale.ROOT).replace('_', '-');
    return folded.startsWith(FAMILY) || OTHERS.contains(folded);
  }
}
