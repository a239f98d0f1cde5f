package dev.carillon.storage.embedded.audience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.campaign.Draw;
import dev.carillon.core.user.Identity;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrawSqlTest {
  @Test
  void theBucketIsTheSameAsInJavaAtTheEndsOfItsRange() throws SQLException {
    List<Draw> draws =
        List.of(
            new Draw(1, 0),
            new Draw(Draw.PRIME - 1, Draw.PRIME - 1),
            Draw.of(1, Draw.Purpose.VARIANT),
            Draw.OF_RULES,
            Draw.of(77, Draw.Purpose.CONTROL_GROUP));
    long[] keys = {
      0,
      1,
      Draw.PRIME - 1,
      Draw.PRIME,
      Draw.PRIME + 1,
      Long.MAX_VALUE - 1,
      Long.MAX_VALUE,
      Identity.user("x").key()
    };
    try (AudienceTables tables = new AudienceTables()) {
      for (Draw draw : draws) {
        for (long key : keys) {
          Sql bucket =
              Sql.of(
                  "SELECT {} FROM (SELECT {}::BIGINT AS user_key)",
                  DrawSql.bucket(draw),
                  Sql.value(key));
          assertThat(tables.keys(bucket)).containsExactly((long) draw.bucket(key));
        }
      }
    }
  }
}
