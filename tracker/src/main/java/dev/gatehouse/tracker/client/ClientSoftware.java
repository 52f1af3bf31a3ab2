package dev.gatehouse.tracker.client;

/**
 * The software of a peer, by the code at the beginning of its id.
 *
 * <p>The set is closed, so that no peer can make a name: whoever is not known is {@link #OTHER}.
 */
public enum ClientSoftware {
  VUZE("Vuze"),
  BIGLYBT("BiglyBT"),
  BITCOMET("BitComet"),
  BITTORRENT("BitTorrent"),
  DELUGE("Deluge"),
  FREE_DOWNLOAD_MANAGER("Free Download Manager"),
  KTORRENT("KTorrent"),
  LIBTORRENT("libtorrent"),
  RTORRENT("rTorrent"),
  PICOTORRENT("PicoTorrent"),
  QBITTORRENT("qBittorrent"),
  TRANSMISSION("Transmission"),
  TIXATI("Tixati"),
  UTORRENT("uTorrent"),
  WEBTORRENT("WebTorrent"),
  XUNLEI("Xunlei"),
  ARIA2("aria2"),
  OTHER("other");

  /** Bytes before the version: a hyphen and two letters, or the three of aria2. */
  static final int CODE_LENGTH = 3;

  private final String label;

  ClientSoftware(String label) {
    this.label = label;
  }

  /** The name that people know it by. */
  public String label() {
    return label;
  }

  /** The software of the peer whose id begins at a place. */
  public static ClientSoftware of(byte[] ids, int at) {
    if (ids[at] == '-') {
      return coded(ids[at + 1] << 8 | ids[at + 2]);
    }
    return ids[at] == 'A' && ids[at + 1] == '2' && ids[at + 2] == '-' ? ARIA2 : OTHER;
  }

  /** By the two letters behind the hyphen. */
  private static ClientSoftware coded(int code) {
    return switch (code) {
      case 'A' << 8 | 'Z' -> VUZE;
      case 'B' << 8 | 'I' -> BIGLYBT;
      case 'B' << 8 | 'C' -> BITCOMET;
      case 'B' << 8 | 'T' -> BITTORRENT;
      case 'D' << 8 | 'E' -> DELUGE;
      case 'F' << 8 | 'D' -> FREE_DOWNLOAD_MANAGER;
      case 'K' << 8 | 'T' -> KTORRENT;
      case 'L' << 8 | 'T' -> LIBTORRENT;
      case 'l' << 8 | 't' -> RTORRENT;
      case 'P' << 8 | 'I' -> PICOTORRENT;
      case 'q' << 8 | 'B' -> QBITTORRENT;
      case 'T' << 8 | 'R' -> TRANSMISSION;
      case 'T' << 8 | 'X' -> TIXATI;
      case 'U' << 8 | 'T', 'U' << 8 | 'M', 'U' << 8 | 'W' -> UTORRENT;
      case 'W' << 8 | 'W', 'W' << 8 | 'D' -> WEBTORRENT;
      case 'X' << 8 | 'L' -> XUNLEI;
      default -> OTHER;
    };
  }
}
