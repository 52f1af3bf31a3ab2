package dev.gatehouse.watch.drift;

import dev.gatehouse.watch.exposure.ExposureEvent;
import dev.gatehouse.watch.listening.TableRow;
import java.util.List;

/**
 * What one scan says about the list.
 *
 * @param rows with their verdicts
 * @param drifts that last now
 * @param events drifts that began or ended with this scan
 * @param judged whether there is a list: without one only the own listeners are judged
 */
public record DriftReport(
    List<TableRow> rows, List<FoundDrift> drifts, List<ExposureEvent> events, boolean judged) {}
