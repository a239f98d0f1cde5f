package dev.carillon.core.channel.sheet;

import dev.carillon.core.message.PlannedAttribute;
import dev.carillon.core.report.measure.Measure;
import dev.carillon.core.report.measure.Stage;

/** Push: impressions and clicks as devices report them; no delivery receipts. */
public final class PushSheet {
  public static final ChannelSheet SHEET =
      new SheetBuilder()
          .card(Measure.QUALIFIED, "Qualified")
          .card(Measure.CONTROL, "Control group")
          .card(Measure.SENT, "Sent")
          .card(Measure.VIEWED, "Impressions", SheetBuilder.VIEWED)
          .card(Measure.CLICKED, "Clicks", SheetBuilder.CLICKED)
          .rate(SheetBuilder.CTR_OF_VIEWED)
          .card(Measure.CONVERTED, "Converted users", SheetBuilder.CONVERTED)
          .card(Measure.VIEW_CONVERTED, "View-through conversions", SheetBuilder.VIEW_THROUGH)
          .card(Measure.CLICK_CONVERTED, "Click-through conversions", SheetBuilder.CLICK_THROUGH)
          .card(Measure.DISPATCH_ERRORS, "Dispatch errors")
          .trend(Measure.SENT, Measure.VIEWED, Measure.CLICKED)
          .usersFunnel(Stage.SENT, Stage.VIEWED, Stage.CLICKED, Stage.CONVERTED)
          .influencedFunnel(Stage.SENT, Stage.VIEWED, Stage.CONVERTED)
          .clicks()
          .uplift()
          .splitBy(PlannedAttribute.OS, PlannedAttribute.DEVICE, PlannedAttribute.PLATFORM)
          .build();

  private PushSheet() {}
}
