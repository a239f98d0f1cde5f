package dev.carillon.core.report;

import dev.carillon.core.ledger.DerivedSets;
import dev.carillon.core.message.FactKinds;
import dev.carillon.core.report.figure.Selection;
import dev.carillon.core.report.figure.Uplift;
import dev.carillon.core.report.measure.Card.Rate;
import org.roaringbitmap.RoaringBitmap;

/** Finds what amplification and the inbox added to the views of the direct route. */
final class RouteSets {
  private RouteSets() {}

  static Uplift uplift(Selection selection) {
    RoaringBitmap direct = route(selection, FactKinds.DIRECT);
    RoaringBitmap amplified =
        RoaringBitmap.andNot(route(selection, DerivedSets.AMPLIFICATION), direct);
    RoaringBitmap inbox = RoaringBitmap.andNot(route(selection, DerivedSets.INBOX), direct);
    inbox.andNot(amplified);
    return new Uplift(route(selection, amplified, direct), route(selection, inbox, direct));
  }

  private static RoaringBitmap route(Selection selection, String route) {
    return selection.of(selection.sets().routes().getOrDefault(route, new RoaringBitmap()));
  }

  private static Uplift.Route route(
      Selection selection, RoaringBitmap added, RoaringBitmap direct) {
    long viewed = added.getLongCardinality();
    return new Uplift.Route(
        viewed,
        RoaringBitmap.andCardinality(added, selection.sets().clicked().all()),
        Rate.percent(viewed, direct.getLongCardinality()));
  }
}
