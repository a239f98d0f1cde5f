package dev.carillon.core.channel.sheet;

import dev.carillon.core.report.measure.Measure;

/** Facebook audiences: who was handed over; what the ads did is reported by Meta, not counted. */
public final class FacebookSheet {
  public static final ChannelSheet SHEET =
      new SheetBuilder()
          .card(Measure.QUALIFIED, "Qualified")
          .card(Measure.SENT, "Sent")
          .card(Measure.DISPATCH_ERRORS, "Invalid entries")
          .trend(Measure.SENT)
          .figures()
          .build();

  private FacebookSheet() {}
}
