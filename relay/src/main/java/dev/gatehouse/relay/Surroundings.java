package dev.gatehouse.relay;

import dev.gatehouse.kernel.metric.EventCounters;
import dev.gatehouse.kernel.time.Ticker;
import dev.gatehouse.net.acme.AcmeCertificate;
import dev.gatehouse.net.listen.Admission;
import dev.gatehouse.net.loop.EventLoops;
import dev.gatehouse.net.tls.CertificateStore;
import java.util.Optional;

/**
 * What the relay shares with the rest of the process.
 *
 * @param certificates in which the relay puts its own, where it has one
 * @param ordered the one that it orders itself; empty: its own is in files, or it has none
 * @param version of the product, for those who ask after its health
 */
public record Surroundings(
    EventLoops loops,
    Admission admission,
    CertificateStore certificates,
    Optional<AcmeCertificate> ordered,
    EventCounters counters,
    Ticker ticker,
    String version) {}
