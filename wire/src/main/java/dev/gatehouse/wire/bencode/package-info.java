/**
 * Bencode, the notation of BitTorrent (<a href="https://www.bittorrent.org/beps/bep_0003.html">BEP
 * 3</a>), in its canonical form alone; start with {@link dev.gatehouse.wire.bencode.BencodeReader}
 * and {@link dev.gatehouse.wire.bencode.BencodeWriter}.
 */
@NullMarked
package dev.gatehouse.wire.bencode;

import org.jspecify.annotations.NullMarked;
