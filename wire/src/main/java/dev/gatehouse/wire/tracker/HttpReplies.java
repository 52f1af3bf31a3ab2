package dev.gatehouse.wire.tracker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.kernel.address.Endpoint;
import dev.gatehouse.kernel.address.IpAddress;
import dev.gatehouse.wire.bencode.BencodeWriter;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;

/** Writes what a tracker answers over HTTP: dictionaries, whose keys rise in the order here. */
public final class HttpReplies {

  private static final byte[] COMPLETE = BencodeWriter.text("complete");
  private static final byte[] DOWNLOADED = BencodeWriter.text("downloaded");
  private static final byte[] EXTERNAL_IP = BencodeWriter.text("external ip");
  private static final byte[] FAILURE_REASON = BencodeWriter.text("failure reason");
  private static final byte[] FILES = BencodeWriter.text("files");
  private static final byte[] INCOMPLETE = BencodeWriter.text("incomplete");
  private static final byte[] INTERVAL = BencodeWriter.text("interval");
  private static final byte[] IP = BencodeWriter.text("ip");
  private static final byte[] MIN_INTERVAL = BencodeWriter.text("min interval");
  private static final byte[] PEER_ID = BencodeWriter.text("peer id");
  private static final byte[] PEERS = BencodeWriter.text("peers");
  private static final byte[] PEERS6 = BencodeWriter.text("peers6");
  private static final byte[] PORT = BencodeWriter.text("port");
  private static final byte[] RETRY_IN = BencodeWriter.text("retry in");

  /**
   * What an answer to an announce says beside the peers.
   *
   * @param minInterval in seconds, as the interval; 0 is not said
   * @param externalIp the address at which the client is seen, if it is to be told (BEP 24)
   */
  public record Announced(
      long complete,
      long incomplete,
      long interval,
      long minInterval,
      Optional<IpAddress> externalIp) {}

  /** The counts of one hash in an answer to a scrape. */
  public record Scraped(InfoHash infoHash, long complete, long downloaded, long incomplete) {}

  private HttpReplies() {}

  public static void writeAnnounce(
      ByteBuf out, Announced announced, PeerList ipv4, PeerList ipv6, PeerForm form) {
    BencodeWriter.beginDictionary(out);
    writeInteger(out, COMPLETE, announced.complete());
    announced.externalIp().ifPresent(address -> writeExternalIp(out, address));
    writeInteger(out, INCOMPLETE, announced.incomplete());
    writeInteger(out, INTERVAL, announced.interval());
    if (announced.minInterval() != 0) {
      writeInteger(out, MIN_INTERVAL, announced.minInterval());
    }
    switch (form) {
      case COMPACT -> writeCompact(out, ipv4, ipv6);
      case WITH_ID -> writeList(out, ipv4, ipv6, true);
      case WITHOUT_ID -> writeList(out, ipv4, ipv6, false);
    }
    BencodeWriter.end(out);
  }

  private static void writeExternalIp(ByteBuf out, IpAddress address) {
    out.writeBytes(EXTERNAL_IP);
    BencodeWriter.writeBytes(out, address.bytes());
  }

  private static void writeCompact(ByteBuf out, PeerList ipv4, PeerList ipv6) {
    writeCompact(out, PEERS, ipv4);
    if (ipv6.size() > 0) {
      writeCompact(out, PEERS6, ipv6);
    }
  }

  private static void writeCompact(ByteBuf out, byte[] key, PeerList peers) {
    out.writeBytes(key);
    BencodeWriter.writeLength(out, peers.size() * PeerList.endpointLength(peers.family()));
    peers.writeCompact(out, peers.size());
  }

  private static void writeList(ByteBuf out, PeerList ipv4, PeerList ipv6, boolean withIds) {
    out.writeBytes(PEERS);
    BencodeWriter.beginList(out);
    writeDictionaries(out, ipv4, withIds);
    writeDictionaries(out, ipv6, withIds);
    BencodeWriter.end(out);
  }

  private static void writeDictionaries(ByteBuf out, PeerList peers, boolean withIds) {
    for (int i = 0; i < peers.size(); i++) {
      Endpoint endpoint = peers.endpoint(i);
      BencodeWriter.beginDictionary(out);
      out.writeBytes(IP);
      BencodeWriter.writeBytes(out, endpoint.address().toString().getBytes(US_ASCII));
      if (withIds) {
        out.writeBytes(PEER_ID);
        BencodeWriter.writeLength(out, PeerId.LENGTH);
        peers.writeId(out, i);
      }
      writeInteger(out, PORT, endpoint.port());
      BencodeWriter.end(out);
    }
  }

  /** An answer with each hash once; they are put into the order that bencode asks for. */
  public static void writeScrape(ByteBuf out, List<Scraped> scraped) {
    BencodeWriter.beginDictionary(out);
    out.writeBytes(FILES);
    BencodeWriter.beginDictionary(out);
    scraped.stream()
        .sorted((one, other) -> one.infoHash().compareTo(other.infoHash()))
        .forEach(each -> writeScraped(out, each));
    BencodeWriter.end(out);
    BencodeWriter.end(out);
  }

  private static void writeScraped(ByteBuf out, Scraped scraped) {
    BencodeWriter.writeLength(out, scraped.infoHash().length());
    scraped.infoHash().writeTo(out);
    BencodeWriter.beginDictionary(out);
    writeInteger(out, COMPLETE, scraped.complete());
    writeInteger(out, DOWNLOADED, scraped.downloaded());
    writeInteger(out, INCOMPLETE, scraped.incomplete());
    BencodeWriter.end(out);
  }

  /**
   * A refusal.
   *
   * @param reason in ASCII
   * @param retryMinutes when to come again (BEP 31); 0 is not said
   */
  public static void writeFailure(ByteBuf out, String reason, long retryMinutes) {
    BencodeWriter.beginDictionary(out);
    out.writeBytes(FAILURE_REASON);
    BencodeWriter.writeBytes(out, reason.getBytes(US_ASCII));
    if (retryMinutes != 0) {
      writeInteger(out, RETRY_IN, retryMinutes);
    }
    BencodeWriter.end(out);
  }

  private static void writeInteger(ByteBuf out, byte[] key, long value) {
    out.writeBytes(key);
    BencodeWriter.writeInteger(out, value);
  }
}
