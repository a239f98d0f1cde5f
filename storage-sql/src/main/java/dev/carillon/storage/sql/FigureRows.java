package dev.carillon.storage.sql;

import static dev.carillon.storage.sql.Tables.REPORTED_DAY;
import static dev.carillon.storage.sql.Tables.REPORTED_FIGURE;

import dev.carillon.core.figure.AdAccount;
import dev.carillon.core.figure.FigureKind;
import dev.carillon.core.figure.FigurePull;
import dev.carillon.core.figure.ReportedDay;
import dev.carillon.core.figure.ReportedFigure;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** What ad platforms report, each day as it was reported last. */
final class FigureRows {
  private final Database database;

  FigureRows(Database database) {
    this.database = database;
  }

  void put(FigurePull pull) {
    database.write(
        sql -> {
          pull.days().forEach(day -> put(sql, day));
          return null;
        });
  }

  private static void put(DSLContext sql, ReportedDay day) {
    String date = day.day().toString();
    int replaced =
        sql.insertInto(REPORTED_DAY)
            .set(REPORTED_DAY.campaign, day.campaign())
            .set(REPORTED_DAY.account, day.account().id())
            .set(REPORTED_DAY.day, date)
            .set(REPORTED_DAY.zone, day.account().zone().getId())
            .set(REPORTED_DAY.currency, day.account().currency())
            .set(REPORTED_DAY.pulledAt, day.pulledAt())
            .onConflict(REPORTED_DAY.campaign, REPORTED_DAY.account, REPORTED_DAY.day)
            .doUpdate()
            .set(REPORTED_DAY.zone, day.account().zone().getId())
            .set(REPORTED_DAY.currency, day.account().currency())
            .set(REPORTED_DAY.pulledAt, day.pulledAt())
            .where(REPORTED_DAY.pulledAt.lt(day.pulledAt()))
            .execute();
    if (replaced == 0) {
      return;
    }
    sql.deleteFrom(REPORTED_FIGURE)
        .where(
            REPORTED_FIGURE.campaign.eq(day.campaign()),
            REPORTED_FIGURE.account.eq(day.account().id()),
            REPORTED_FIGURE.day.eq(date))
        .execute();
    for (ReportedFigure figure : day.figures()) {
      sql.insertInto(REPORTED_FIGURE)
          .set(REPORTED_FIGURE.campaign, day.campaign())
          .set(REPORTED_FIGURE.account, day.account().id())
          .set(REPORTED_FIGURE.day, date)
          .set(REPORTED_FIGURE.ad, figure.ad())
          .set(REPORTED_FIGURE.name, figure.figure().key())
          .set(REPORTED_FIGURE.value, figure.value().toPlainString())
          .execute();
    }
  }

  List<ReportedDay> days(Set<Integer> campaigns, @Nullable LocalDate from, @Nullable LocalDate to) {
    Condition wanted = REPORTED_DAY.campaign.in(campaigns);
    if (from != null) {
      wanted = wanted.and(REPORTED_DAY.day.ge(from.toString()));
    }
    if (to != null) {
      wanted = wanted.and(REPORTED_DAY.day.le(to.toString()));
    }
    Condition condition = wanted;
    return database.read(sql -> days(sql, condition));
  }

  /** In one statement, so that a day is seen as one report gives it. */
  private static List<ReportedDay> days(DSLContext sql, Condition wanted) {
    Map<Key, List<ReportedFigure>> figures = new HashMap<>();
    List<ReportedDay> days = new ArrayList<>();
    for (Record row :
        sql.select()
            .from(REPORTED_DAY)
            .leftJoin(REPORTED_FIGURE)
            .on(
                REPORTED_FIGURE.campaign.eq(REPORTED_DAY.campaign),
                REPORTED_FIGURE.account.eq(REPORTED_DAY.account),
                REPORTED_FIGURE.day.eq(REPORTED_DAY.day))
            .where(wanted)
            .orderBy(REPORTED_DAY.campaign, REPORTED_DAY.account, REPORTED_DAY.day)
            .fetch()) {
      ReportedDay day = day(row);
      List<ReportedFigure> ofDay = figures.computeIfAbsent(Key.of(day), key -> new ArrayList<>());
      if (row.get(REPORTED_FIGURE.name) != null) {
        ofDay.add(figure(day, row));
      }
      if (days.isEmpty() || !Key.of(days.getLast()).equals(Key.of(day))) {
        days.add(day);
      }
    }
    return days.stream()
        .map(
            day ->
                new ReportedDay(
                    day.campaign(),
                    day.account(),
                    day.day(),
                    day.pulledAt(),
                    figures.getOrDefault(Key.of(day), List.of())))
        .toList();
  }

  private record Key(int campaign, String account, LocalDate day) {
    static Key of(ReportedDay day) {
      return new Key(day.campaign(), day.account().id(), day.day());
    }
  }

  private static ReportedDay day(Record row) {
    return new ReportedDay(
        row.get(REPORTED_DAY.campaign),
        new AdAccount(
            row.get(REPORTED_DAY.account),
            ZoneId.of(row.get(REPORTED_DAY.zone)),
            row.get(REPORTED_DAY.currency)),
        LocalDate.parse(row.get(REPORTED_DAY.day)),
        row.get(REPORTED_DAY.pulledAt),
        List.of());
  }

  private static ReportedFigure figure(ReportedDay day, Record row) {
    return new ReportedFigure(
        row.get(REPORTED_FIGURE.ad),
        day.day(),
        FigureKind.ofKey(row.get(REPORTED_FIGURE.name)).orElseThrow(),
        new BigDecimal(row.get(REPORTED_FIGURE.value)));
  }
}
