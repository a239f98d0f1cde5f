package dev.carillon.core.statistics;

import dev.carillon.core.statistics.SimulatedCampaign.Pace;

/**
 * Prints the figures of docs/adr/0006-intervals.md; some three minutes. Beside the intervals in use
 * it measures the two that are usual for a ratio: the log interval of Katz and the score interval
 * of Koopman.
 */
final class IntervalFigures {
  private static final double Z = new Boundary.OneLook().reach(0.05);
  private static final long SEED = 1;

  private IntervalFigures() {}

  public static void main(String[] arguments) {
    check();
    coverageOfRates();
    reach();
    peeking();
  }

  private static void check() {
    Interval koopman = koopman(new Proportion(7, 34), new Proportion(1, 34));
    Interval katz = katz(new Proportion(7, 34), new Proportion(1, 34));
    print(
        "Perondi: Koopman %.4f-%.4f (published 1.2209-42.5757)"
            .formatted(koopman.low(), koopman.high()));
    print("Perondi: Katz %.4f-%.4f (published 0.9096-53.8695)".formatted(katz.low(), katz.high()));
  }

  private static void coverageOfRates() {
    print("n, rate; m, rate: coverage and mean width: Newcombe | MOVER ratio | Koopman | Katz");
    rates(500, 0.10, 500, 0.10);
    rates(500, 0.15, 500, 0.10);
    rates(1800, 0.15, 200, 0.15);
    rates(1800, 0.20, 200, 0.15);
    rates(2000, 0.03, 1000, 0.03);
    rates(2000, 0.02, 1000, 0.04);
    rates(300, 0.50, 300, 0.50);
    rates(100, 0.01, 20, 0.01);
    rates(30, 0.02, 30, 0.02);
  }

  private static void rates(int n, double target, int m, double control) {
    ExactCoverage difference =
        ExactCoverage.of(
            n, target, m, control, target - control, (t, c) -> closed(t, c).difference(0.05));
    double ratio = target / control;
    ExactCoverage mover =
        ExactCoverage.of(n, target, m, control, ratio, (t, c) -> closed(t, c).ratio(0.05));
    ExactCoverage koopman =
        ExactCoverage.of(n, target, m, control, ratio, IntervalFigures::koopman);
    ExactCoverage katz = ExactCoverage.of(n, target, m, control, ratio, IntervalFigures::katz);
    print(
        "%d, %.2f; %d, %.2f: %s | %s | %s | %s"
            .formatted(
                n, target, m, control, show(difference), show(mover), show(koopman), show(katz)));
    print(
        "  outcomes in which ratio and difference disagree: Koopman %.5f, Katz %.5f"
            .formatted(
                disagreement(n, target, m, control, IntervalFigures::koopman),
                disagreement(n, target, m, control, IntervalFigures::katz)));
  }

  private static double disagreement(
      int n, double target, int m, double control, ExactCoverage.Method ratio) {
    Interval agreed = new Interval(0, 0);
    Interval disagreed = new Interval(1, 1);
    ExactCoverage agreement =
        ExactCoverage.of(
            n,
            target,
            m,
            control,
            0,
            (t, c) -> {
              Interval percent = ratio.of(t, c);
              Interval points = closed(t, c).difference(0.05);
              boolean alike =
                  percent.isAbove(1) == points.isAbove(0)
                      && percent.isBelow(1) == points.isBelow(0);
              return alike ? agreed : disagreed;
            });
    return 1 - agreement.coverage();
  }

  private static void reach() {
    for (double information : new double[] {12.5, 25, 50, 100, 200, 500, 1_000, 10_000, 100_000}) {
      double reach = new Boundary.EveryLook(information).reach(0.05);
      print(
          "information %.1f: reach %.3f, %.2f times a single look's"
              .formatted(information, reach, reach / Z));
    }
  }

  private static void peeking() {
    print(
        "campaign: share with a miss at some look: rates: fixed | anytime | ratio anytime | fixed at the end; revenue: fixed | anytime | fixed at the end");
    for (Pace pace : Pace.values()) {
      peek(new SimulatedCampaign(18_000, 2_000, 0.05, 0.05, pace), 200);
      peek(new SimulatedCampaign(10_000, 10_000, 0.05, 0.05, pace), 200);
      peek(new SimulatedCampaign(200_000, 10_000, 0.01, 0.01, pace), 200);
    }
    peek(new SimulatedCampaign(5_400, 600, 0.06, 0.06, Pace.STREAM), 200);
    peek(new SimulatedCampaign(4_000, 4_000, 0.5, 0.5, Pace.ALL_AT_ONCE), 200);
    peek(new SimulatedCampaign(4_000, 1_000, 0.9, 0.9, Pace.ALL_AT_ONCE), 200);
    peek(new SimulatedCampaign(8_000, 4_000, 0.08, 0.05, Pace.ALL_AT_ONCE), 200);
    peek(new SimulatedCampaign(8_000, 4_000, 0.08, 0.05, Pace.STREAM), 200);
    peek(new SimulatedCampaign(18_000, 2_000, 0.05, 0.05, Pace.STREAM), 1_000);
  }

  private static void peek(SimulatedCampaign campaign, int looks) {
    Peeking peeking = Peeking.at(campaign, 2_000, looks, SEED);
    print(
        "%s, %d looks: %.3f | %.3f | %.3f | %.3f; %.3f | %.3f | %.3f"
            .formatted(
                campaign,
                looks,
                peeking.fixed(),
                peeking.anytime(),
                peeking.ratioAnytime(),
                peeking.fixedAtTheEnd(),
                peeking.revenueFixed(),
                peeking.revenueAnytime(),
                peeking.revenueFixedAtTheEnd()));
  }

  /** Katz et al., Biometrics 34 (1978) 469-474, with half a conversion added where one is zero. */
  static Interval katz(Proportion target, Proportion control) {
    double add = target.successes() == 0 || control.successes() == 0 ? 0.5 : 0;
    double x = target.successes() + add;
    double y = control.successes() + add;
    double n = target.total() + add;
    double m = control.total() + add;
    double half = Z * Math.sqrt(1 / x - 1 / n + 1 / y - 1 / m);
    double ratio = x / n / (y / m);
    return new Interval(ratio * Math.exp(-half), ratio * Math.exp(half));
  }

  /** P. A. R. Koopman, Biometrics 40 (1984) 513-517. */
  static Interval koopman(Proportion target, Proportion control) {
    double low =
        target.successes() == 0 ? 0 : turn(target, control, 1e-6, estimate(target, control));
    double high =
        control.successes() == 0
            ? Double.POSITIVE_INFINITY
            : turn(target, control, 1e6, estimate(target, control));
    return new Interval(low, high);
  }

  private static double estimate(Proportion target, Proportion control) {
    double x = Math.max(0.5, (double) target.successes());
    double y = Math.max(0.5, (double) control.successes());
    return x / target.total() / (y / control.total());
  }

  private static double turn(Proportion target, Proportion control, double out, double in) {
    double outside = Math.log(out);
    double inside = Math.log(in);
    for (int i = 0; i < 60; i++) {
      double middle = (outside + inside) / 2;
      if (score(target, control, Math.exp(middle)) > Z * Z) {
        outside = middle;
      } else {
        inside = middle;
      }
    }
    return Math.exp(inside);
  }

  private static double score(Proportion target, Proportion control, double ratio) {
    double n = target.total();
    double m = control.total();
    double x = target.successes();
    double y = control.successes();
    double b = ratio * (n + y) + x + m;
    double p = (b - Math.sqrt(b * b - 4 * ratio * (n + m) * (x + y))) / (2 * (n + m));
    double miss = x - n * p;
    return miss * miss / (n * p * (1 - p)) * (1 + n * (ratio - p) / (m * (1 - p)));
  }

  private static ConversionContrast closed(Proportion target, Proportion control) {
    return ConversionContrast.of(target, control, true);
  }

  private static String show(ExactCoverage coverage) {
    return "%.4f %.4f".formatted(coverage.coverage(), coverage.width());
  }

  private static void print(String line) {
    System.out.println(line);
  }
}
