package dev.carillon.server.api.reports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.carillon.core.figure.FigureSums;
import dev.carillon.core.report.figure.Counts;
import dev.carillon.core.report.figure.Errors;
import dev.carillon.core.report.figure.Report;
import dev.carillon.core.report.figure.Splits;
import dev.carillon.core.report.figure.Trend;
import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * The report as JSON: its records' components by their names. What a campaign does not have is
 * absent; a number that cannot be computed, such as a rate with a zero denominator, is null.
 */
final class ReportView {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addMixIn(Report.class, WithoutAbsent.class)
          .addModule(
              new SimpleModule()
                  .addSerializer(Counts.class, new Members<>(Members::counts))
                  .addSerializer(Trend.Bucket.class, new Members<>(Members::bucket))
                  .addSerializer(Splits.class, new Members<>(Members::splits))
                  .addSerializer(Splits.Part.class, new Members<>(Members::part))
                  .addSerializer(Splits.Ad.class, new Members<>(Members::ad))
                  .addSerializer(FigureSums.class, new Members<>(Members::figures)))
          .addMixIn(Errors.ByCode.class, ClassNamed.class)
          .build();

  private ReportView() {}

  static JsonNode of(Report report) {
    return MAPPER.valueToTree(report);
  }

  static JsonNode of(Counts counts) {
    return MAPPER.valueToTree(counts);
  }

  /** Parts whose null members are ones that the channel or the campaign does not have. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private interface WithoutAbsent {}

  /** Writes what is held by measure or by attribute as members with their names. */
  private static final class Members<T> extends ValueSerializer<T> {
    private final Writer<T> writer;

    Members(Writer<T> writer) {
      this.writer = writer;
    }

    private interface Writer<T> {
      void write(T value, JsonGenerator json);
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializationContext context) {
      json.writeStartObject();
      writer.write(value, json);
      json.writeEndObject();
    }

    private static void counts(Counts counts, JsonGenerator json) {
      counts
          .numbers()
          .forEach((measure, number) -> json.writeNumberProperty(measure.key(), number));
    }

    private static void bucket(Trend.Bucket bucket, JsonGenerator json) {
      json.writeStringProperty("from", bucket.from().toString());
      counts(bucket.counts(), json);
    }

    private static void part(Splits.Part part, JsonGenerator json) {
      json.writeStringProperty("name", part.name());
      counts(part.counts(), json);
      if (part.ctr() != null) {
        json.writeNumberProperty("ctr", part.ctr());
      }
      json.writeNumberProperty("errors", part.errors());
    }

    private static void splits(Splits splits, JsonGenerator json) {
      splits
          .attributes()
          .forEach((attribute, parts) -> json.writePOJOProperty(attribute.listKey(), parts));
      if (splits.links() != null) {
        json.writePOJOProperty("links", splits.links());
      }
      if (splits.ads() != null) {
        json.writePOJOProperty("ads", splits.ads());
      }
    }

    private static void ad(Splits.Ad ad, JsonGenerator json) {
      json.writeStringProperty("name", ad.name());
      values(ad.figures(), json);
      if (ad.ctr() != null) {
        json.writeNumberProperty("ctr", ad.ctr());
      }
      if (ad.costPerClick() != null) {
        json.writeStringProperty("costPerClick", ad.costPerClick().toPlainString());
      }
    }

    private static void figures(FigureSums figures, JsonGenerator json) {
      values(figures, json);
      if (figures.currency() != null) {
        json.writeStringProperty("currency", figures.currency());
      }
      json.writeStringProperty("pulledAt", figures.pulledAt().toString());
      json.writeStringProperty("from", figures.from().toString());
      json.writeStringProperty("to", figures.to().toString());
    }

    /** Amounts are text, so that no reader makes them inexact. */
    private static void values(FigureSums figures, JsonGenerator json) {
      figures
          .values()
          .forEach(
              (figure, value) -> {
                if (figure.money()) {
                  json.writeStringProperty(figure.key(), amount(value));
                } else {
                  json.writeNumberProperty(figure.key(), value.longValueExact());
                }
              });
    }

    private static String amount(BigDecimal value) {
      return value.setScale(Math.max(2, value.scale())).toPlainString();
    }
  }

  /** Gives a Java keyword back its name in JSON. */
  private interface ClassNamed {
    @JsonProperty("class")
    String errorClass();
  }
}
