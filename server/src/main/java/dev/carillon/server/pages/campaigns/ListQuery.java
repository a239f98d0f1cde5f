package dev.carillon.server.pages.campaigns;

import dev.carillon.core.campaign.CampaignStatus;
import dev.carillon.core.channel.Channel;
import dev.carillon.engine.port.campaign.CampaignOrder;
import dev.carillon.engine.port.campaign.CampaignQuery;
import dev.carillon.server.pages.frame.Parameters;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which campaigns the list shows, as in its address.
 *
 * @param search part of a name; empty for all
 * @param status null for all
 * @param channel null for all
 * @param label empty for all
 * @param creator empty for all
 * @param from first day; null for any
 * @param to last day; null for any
 * @param archived whether the archive is shown
 * @param offset how many come before this page
 */
public record ListQuery(
    String search,
    @Nullable CampaignStatus status,
    @Nullable Channel channel,
    String label,
    String creator,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    boolean archived,
    CampaignOrder order,
    int offset) {
  private static final int LONGEST_SEARCH = 200;
  private static final int LARGEST_OFFSET = 9_999_999;

  /** Reads the parameters of an address; what cannot be read does not narrow. */
  static ListQuery of(Map<String, String[]> parameters) {
    String search = Parameters.text(parameters, "q").orElse("");
    Integer offset = Parameters.number(parameters, "offset", 0);
    return new ListQuery(
        search.substring(0, Math.min(LONGEST_SEARCH, search.length())),
        Parameters.text(parameters, "status").flatMap(CampaignStatus::ofKey).orElse(null),
        Parameters.text(parameters, "channel").flatMap(Channel::ofKey).orElse(null),
        Parameters.text(parameters, "label").orElse(""),
        Parameters.text(parameters, "creator").orElse(""),
        day(Parameters.text(parameters, "from").orElse("")),
        day(Parameters.text(parameters, "to").orElse("")),
        Parameters.text(parameters, "archived").filter("true"::equals).isPresent(),
        Parameters.text(parameters, "order")
            .flatMap(CampaignOrder::ofKey)
            .orElse(CampaignOrder.CREATED),
        offset == null ? 0 : Math.min(offset, LARGEST_OFFSET));
  }

  private static @Nullable LocalDate day(String text) {
    try {
      // A year beyond 9999 has a longer text, and no moment after it.
      return text.length() == "2026-11-01".length() ? LocalDate.parse(text) : null;
    } catch (DateTimeException notADay) {
      return null;
    }
  }

  /** The store's query for a page. */
  CampaignQuery query(ZoneId zone, int limit) {
    return new CampaignQuery(
        search.isEmpty() ? null : search,
        channel == null ? null : channel.key(),
        status == null ? Set.of() : Set.of(status),
        label.isEmpty() ? null : label,
        creator.isEmpty() ? null : creator,
        archived,
        start(from, zone),
        start(to == null ? null : to.plusDays(1), zone),
        order,
        limit,
        offset);
  }

  private static @Nullable Instant start(@Nullable LocalDate day, ZoneId zone) {
    return day == null ? null : day.atStartOfDay(zone).toInstant();
  }

  /** Whether anything is narrowed beside the archive. */
  public boolean narrowed() {
    return !search.isEmpty()
        || status != null
        || channel != null
        || !label.isEmpty()
        || !creator.isEmpty()
        || from != null
        || to != null;
  }

  /** Whether what a phone folds away is in use. */
  public boolean special() {
    return channel != null || !creator.isEmpty() || from != null || to != null || archived;
  }

  /** The address of the page that begins after so many. */
  public String at(int otherOffset) {
    String text = text();
    return "/campaigns"
        + (text.isEmpty() ? "" : "?" + text)
        + (otherOffset == 0 ? "" : (text.isEmpty() ? "?" : "&") + "offset=" + otherOffset);
  }

  /** The same of the campaigns with this label, from the start. */
  ListQuery labelled(String other) {
    return new ListQuery(
        search, status, channel, other, creator, from, to, archived, CampaignOrder.CREATED, 0);
  }

  /** The address that compares the labels of the campaigns which all but the label narrows to. */
  public String labels() {
    String text = labelled("").text();
    return "/campaigns/compare?by=label" + (text.isEmpty() ? "" : "&" + text);
  }

  /** The query part of the address, without the offset and the question mark. */
  public String text() {
    Map<String, String> pairs = new LinkedHashMap<>();
    put(pairs, "q", search);
    put(pairs, "status", status == null ? "" : status.key());
    put(pairs, "channel", channel == null ? "" : channel.key());
    put(pairs, "label", label);
    put(pairs, "creator", creator);
    put(pairs, "from", from == null ? "" : from.toString());
    put(pairs, "to", to == null ? "" : to.toString());
    put(pairs, "archived", archived ? "true" : "");
    put(pairs, "order", order == CampaignOrder.CREATED ? "" : order.key());
    List<String> text = new ArrayList<>();
    pairs.forEach((name, value) -> text.add(name + "=" + Parameters.encoded(value)));
    return String.join("&", text);
  }

  private static void put(Map<String, String> pairs, String name, String value) {
    if (!value.isEmpty()) {
      pairs.put(name, value);
    }
  }
}
