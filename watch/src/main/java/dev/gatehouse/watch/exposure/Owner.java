package dev.gatehouse.watch.exposure;

/**
 * Who holds a listening socket; what is not known is empty, or −1 for numbers.
 *
 * @param process the program's own name, cleaned for display
 * @param pid of the first process found to hold the socket
 * @param uid the effective user of that process
 * @param unit the systemd unit
 * @param container the short id or the name of the container
 * @param exe the path of the program's file
 */
public record Owner(
    Resolution resolution,
    String process,
    int pid,
    long uid,
    String unit,
    String container,
    String exe) {

  /** An owner of whom nothing is known but why. */
  public static Owner unknown(Resolution resolution) {
    return new Owner(resolution, "", -1, -1, "", "", "");
  }
}
