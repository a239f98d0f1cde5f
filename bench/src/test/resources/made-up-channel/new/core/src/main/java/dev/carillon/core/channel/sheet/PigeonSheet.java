package dev.carillon.core.channel.sheet;

import dev.carillon.core.report.measure.Measure;
import dev.carillon.core.report.measure.Stage;

/** Pigeons: they leave, and nothing is heard of them. */
public final class PigeonSheet {
  public static final ChannelSheet SHEET =
      new SheetBuilder()
          .card(Measure.QUALIFIED, "Qualified")
          .card(Measure.CONTROL, "Control group")
          .card(Measure.SENT, "Sent")
          .card(Measure.CONVERTED, "Converted users", SheetBuilder.CONVERTED)
          .card(Measure.DISPATCH_ERRORS, "Dispatch errors")
          .trend(Measure.SENT)
          .usersFunnel(Stage.SENT, Stage.CONVERTED)
          .influencedFunnel(Stage.SENT, Stage.CONVERTED)
          .build();

  private PigeonSheet() {}
}
