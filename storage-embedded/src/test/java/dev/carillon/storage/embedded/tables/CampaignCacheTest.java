package dev.carillon.storage.embedded.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Goal;
import dev.carillon.storage.embedded.duckdb.DuckDatabase;
import dev.carillon.storage.embedded.duckdb.DuckSession;
import dev.carillon.storage.embedded.tables.CampaignCache.Page;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignCacheTest {
  private static final int CAMPAIGNS = 30;
  private static final int MESSAGES = 10_000;

  private static final Goal GOAL = new Goal("Charged", List.of(), Duration.ofSeconds(1), null);

  /** Room for the sets of about five campaigns. */
  private static final long ROOM = 5 * 8_300;

  @TempDir private Path folder;
  private DuckDatabase database;
  private DuckSession session;

  @BeforeEach
  void fill() throws SQLException {
    database = new DuckDatabase(folder, 256, 2);
    session = database.session();
    session.execute(
        "INSERT INTO run SELECT c, 1, 'whatsapp', TIMESTAMP '2026-11-20', 0, "
            + MESSAGES
            + " FROM range(1, "
            + (CAMPAIGNS + 1)
            + ") t(c)");
    session.execute(
        "INSERT INTO goal SELECT c, 'Charged', '"
            + GoalConditions.write(GOAL)
            + "', 'UTC', 1000000, NULL, TRUE FROM range(1, "
            + (CAMPAIGNS + 1)
            + ") t(c)");
    // A number in three, so that the sets cannot be packed.
    session.execute(
        "INSERT INTO send SELECT c, 3 * s, s, 0, FALSE, make_timestamp(c * 1000000000) FROM"
            + " range(1, "
            + (CAMPAIGNS + 1)
            + ") t(c), range("
            + MESSAGES
            + ") u(s)");
  }

  @AfterEach
  void close() throws SQLException {
    session.close();
    database.close();
  }

  @Test
  void betweenTransactionsOnlyTheCampaignsNeededLastStay() throws SQLException {
    CampaignCache book = new CampaignCache(new PlanningState(), ROOM);
    for (int campaign = 1; campaign <= CAMPAIGNS; campaign++) {
      page(book, campaign);
    }
    assertThat(book.pages()).as("nothing goes within a transaction").isEqualTo(CAMPAIGNS);
    Page last = page(book, CAMPAIGNS);
    last.converted.add(7);
    book.committed();

    assertThat(book.pages()).isBetween(1, 6);
    assertThat(page(book, CAMPAIGNS)).as("the one needed last").isSameAs(last);
    Page again = page(book, 1);
    assertThat(again.sent.getCardinality()).isEqualTo(MESSAGES);
    assertThat(again.sent.contains(3)).isTrue();
  }

  @Test
  void whoseWindowsHoldAMomentIsKnownWithoutTheSets() throws SQLException {
    CampaignCache book = new CampaignCache(new PlanningState(), ROOM);
    long thirdSent = 3_000_000_000L;

    assertThat(book.withGoal(session, "Charged", thirdSent, thirdSent + 10))
        .extracting(campaign -> campaign.campaign)
        .containsExactly(3);
    assertThat(book.withGoal(session)).hasSize(CAMPAIGNS);
    assertThat(book.withGoal(session, "Other", 0, Long.MAX_VALUE)).isEmpty();
    assertThat(book.pages()).isZero();
  }

  @Test
  void aSendMovesTheMomentsOfACampaignWhoseSetsAreGone() throws SQLException {
    CampaignCache book = new CampaignCache(new PlanningState(), 0);
    long late = 900_000_000_000L;
    page(book, 3).sent(1, late);
    book.committed();

    assertThat(book.pages()).isZero();
    assertThat(book.withGoal(session, "Charged", late, late))
        .extracting(campaign -> campaign.campaign)
        .containsExactly(3);
  }

  private Page page(CampaignCache book, int campaign) throws SQLException {
    return Objects.requireNonNull(book.page(session, campaign));
  }
}
