package dev.carillon.core.report.figure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The same numbers by part. Null: the channel does not split so.
 *
 * @param os by operating system of the device
 * @param device by kind of device
 * @param links clicks by link
 * @param variants by variant; empty for a single message
 * @param ads by ad
 */
public record Splits(
    @Nullable List<Part> os,
    @Nullable List<Part> device,
    @Nullable List<Link> links,
    List<Part> variants,
    @Nullable List<Part> ads) {

  /**
   * The numbers of one part; null: the channel does not have it.
   *
   * @param name what the part is called; for a variant its number, from 0
   * @param ctr clicks in percent, as the channel defines it; null when its denominator is zero
   * @param errors suppressed, dispatch errors and delivery errors together
   */
  public record Part(
      String name,
      long sent,
      @Nullable Long delivered,
      @Nullable Long viewed,
      @Nullable Long clicked,
      @Nullable Double ctr,
      @Nullable Long replied,
      long errors,
      long converted) {}

  /**
   * The clicks on one link.
   *
   * @param link the link's number
   * @param clicked clicks, or clicked messages, as counted
   * @param percent of the clicks on all links
   */
  public record Link(String link, long clicked, @Nullable Double percent) {}
}
