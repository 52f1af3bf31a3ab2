package dev.gatehouse.tracker.http;

/** What a tracker shows of itself to people and tools. */
public interface StatsPage {

  /** One JSON object. */
  String json();

  /** One HTML page. */
  String html();
}
