package dev.carillon.core.channel.sheet;

import dev.carillon.core.report.measure.Measure;
import dev.carillon.core.report.measure.Stage;

/** SMS: delivery receipts, clicks on shortened links, and replies; no views. */
public final class SmsSheet {
  public static final ChannelSheet SHEET =
      new SheetBuilder()
          .card(Measure.QUALIFIED, "Qualified")
          .card(Measure.CONTROL, "Control group")
          .card(Measure.SENT, "Sent")
          .card(Measure.DELIVERED, "Delivered", SheetBuilder.DELIVERED)
          .card(Measure.CLICKED, "Clicks", SheetBuilder.CLICKED)
          .rate(SheetBuilder.CTR_OF_SENT)
          .card(Measure.REPLIED, "Replied")
          .card(Measure.CONVERTED, "Converted users", SheetBuilder.CONVERTED)
          .card(Measure.CLICK_CONVERTED, "Click-through conversions", SheetBuilder.CLICK_THROUGH)
          .card(Measure.DISPATCH_ERRORS, "Dispatch errors")
          .card(Measure.DELIVERY_ERRORS, "Delivery errors")
          .trend(Measure.SENT, Measure.DELIVERED, Measure.CLICKED)
          .usersFunnel(Stage.SENT, Stage.DELIVERED, Stage.CLICKED, Stage.CONVERTED)
          .influencedFunnel(Stage.SENT, Stage.CONVERTED)
          .receipts()
          .clicks()
          .build();

  private SmsSheet() {}
}
