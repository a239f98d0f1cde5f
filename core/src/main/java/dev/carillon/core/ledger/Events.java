package dev.carillon.core.ledger;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Clicks and replies, each distinct event counted.
 *
 * @param clicks by people, on any link
 * @param links the same by link
 * @param botClicks by bots
 * @param replies incoming messages
 */
public record Events(
    EventLayers clicks,
    Map<String, EventLayers> links,
    EventLayers botClicks,
    EventLayers replies) {
  public Events {
    links = Map.copyOf(links);
  }

  /** The clicks on one link by people. */
  public EventLayers ofLink(String link) {
    return Objects.requireNonNull(links.get(link), "a link that was clicked");
  }

  static Events of(Ledger ledger) {
    Map<String, EventLayers> links = new TreeMap<>();
    ledger.clicks.forEach((link, clicks) -> links.put(link, clicks.layers()));
    EventLayers clicks =
        links.size() == 1
            ? links.values().iterator().next()
            : EventLayers.of(EventRows.union(ledger.clicks.values()));
    return new Events(clicks, links, ledger.botClicks.layers(), ledger.replies.layers());
  }
}
