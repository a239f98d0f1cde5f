package dev.carillon.server.pages.wording;

import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.report.figure.ReportSet;
import java.util.Arrays;

/**
 * What the messages of a set have in common.
 *
 * @param title in a few words
 * @param meaning in a sentence
 */
public record SetText(String title, String meaning) {

  public static SetText of(ReportSet set) {
    return switch (set) {
      case ReportSet.Counted(var measure) ->
          new SetText(measure.title(), "These are the " + measure.meaning() + ".");
      case ReportSet.Suppressed(String reason) ->
          new SetText("Suppressed: " + reason(reason), "A rule suppressed these messages.");
      case ReportSet.ErrorCode(String code) ->
          new SetText("Errors with code " + code, "The provider gave this code for them.");
      case ReportSet.DispatchCode(String code) ->
          new SetText("Dispatch errors with code " + code, "The provider refused these for good.");
      case ReportSet.DeliveryCode(String code) ->
          new SetText(
              "Delivery errors with code " + code,
              "The provider took these and later said that they failed.");
      case ReportSet.Link(String link) ->
          new SetText("Clicked link " + link, "A person opened this link of these messages.");
      case ReportSet.UsersFunnel(var stage) ->
          new SetText(
              "Reached " + stage.title(),
              "They passed every stage of the users conversion funnel up to this one.");
      case ReportSet.InfluencedFunnel(var stage) ->
          new SetText(
              "Reached " + stage.title(),
              "They passed every stage of the influenced conversion funnel up to this one.");
      case ReportSet.ControlConverted() ->
          new SetText(
              "Converted in the control group",
              "They were held out and did the goal event anyway.");
      case ReportSet.SharedConverted() ->
          new SetText(
              "Converted for another campaign too",
              "Their goal event is in the window of another campaign's message as well.");
    };
  }

  private static String reason(String key) {
    return Arrays.stream(SuppressionReason.values())
        .filter(known -> known.key().equals(key))
        .map(SuppressionReason::words)
        .findFirst()
        .orElse(key);
  }
}
