package dev.carillon.core.channel.sheet;

import dev.carillon.core.report.measure.Measure;
import dev.carillon.core.report.measure.Stage;

/** WhatsApp: delivered and read as the provider reports, replies, and clicks on tracked links. */
public final class WhatsAppSheet {
  private WhatsAppSheet() {}

  /**
   * @param clicks whether messages carry tracked links
   */
  public static ChannelSheet of(boolean clicks) {
    SheetBuilder sheet =
        new SheetBuilder()
            .card(Measure.QUALIFIED, "Qualified")
            .card(Measure.CONTROL, "Control group")
            .card(Measure.SENT, "Sent")
            .card(Measure.DELIVERED, "Delivered", SheetBuilder.DELIVERED)
            .card(Measure.VIEWED, "Viewed", SheetBuilder.VIEWED);
    if (clicks) {
      sheet
          .card(Measure.CLICKED, "Clicks", SheetBuilder.CLICKED)
          .rate(SheetBuilder.CTR_OF_VIEWED)
          .clicks();
    }
    sheet
        .card(Measure.REPLIED, "Replied")
        .card(Measure.CONVERTED, "Converted users", SheetBuilder.CONVERTED)
        .card(Measure.VIEW_CONVERTED, "View-through conversions", SheetBuilder.VIEW_THROUGH);
    if (clicks) {
      sheet.card(Measure.CLICK_CONVERTED, "Click-through conversions", SheetBuilder.CLICK_THROUGH);
    }
    if (clicks) {
      sheet.trend(
          Measure.SENT, Measure.DELIVERED, Measure.VIEWED, Measure.CLICKED, Measure.REPLIED);
    } else {
      sheet.trend(Measure.SENT, Measure.DELIVERED, Measure.VIEWED, Measure.REPLIED);
    }
    return sheet
        .card(Measure.DISPATCH_ERRORS, "Dispatch errors")
        .card(Measure.DELIVERY_ERRORS, "Delivery errors")
        .usersFunnel(Stage.SENT, Stage.DELIVERED, Stage.VIEWED, Stage.CONVERTED)
        .influencedFunnel(Stage.SENT, Stage.CONVERTED)
        .receipts()
        .build();
  }
}
