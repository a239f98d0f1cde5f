package dev.carillon.core.report;

import dev.carillon.core.channel.sheet.ChannelSheet;
import dev.carillon.core.ledger.DerivedSets;
import dev.carillon.core.message.SuppressionReason;
import dev.carillon.core.report.figure.Errors;
import dev.carillon.core.report.figure.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.roaringbitmap.RoaringBitmap;

/** Lists why messages were not sent or not delivered, most first, then by name. */
final class ErrorLists {
  private ErrorLists() {}

  static Errors of(
      Selection selection,
      ChannelSheet sheet,
      Function<String, CampaignTerms.Explanation> explain) {
    DerivedSets sets = selection.sets();
    return new Errors(
        suppressed(selection),
        byCode(selection, sets.dispatchErrors(), sets.dispatchTexts(), explain),
        sheet.receipts()
            ? byCode(selection, sets.deliveryErrors(), sets.deliveryTexts(), explain)
            : List.of());
  }

  private static List<Errors.Suppressed> suppressed(Selection selection) {
    List<Errors.Suppressed> lines = new ArrayList<>();
    selection
        .sets()
        .suppressed()
        .forEach(
            (reason, seqs) -> {
              long count = selection.count(seqs);
              if (count > 0) {
                lines.add(new Errors.Suppressed(reason, words(reason), count));
              }
            });
    lines.sort(Comparator.comparingLong(Errors.Suppressed::count).reversed());
    return lines;
  }

  private static String words(String reason) {
    return SuppressionReason.find(reason).map(SuppressionReason::words).orElse("");
  }

  private static List<Errors.ByCode> byCode(
      Selection selection,
      Map<String, RoaringBitmap> codes,
      Map<String, String> texts,
      Function<String, CampaignTerms.Explanation> explain) {
    List<Errors.ByCode> lines = new ArrayList<>();
    codes.forEach(
        (code, seqs) -> {
          long count = selection.count(seqs);
          if (count > 0) {
            CampaignTerms.Explanation explanation = explain.apply(code);
            lines.add(
                new Errors.ByCode(
                    code,
                    explanation.errorClass().key(),
                    texts.getOrDefault(code, explanation.words()),
                    explanation.action(),
                    count));
          }
        });
    lines.sort(Comparator.comparingLong(Errors.ByCode::count).reversed());
    return lines;
  }
}
