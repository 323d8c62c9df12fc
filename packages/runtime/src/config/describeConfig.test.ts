import { expect, test } from "vitest";
import { describeConfig } from "./describeConfig.ts";

test("a described configuration shows everything but secrets, also deep inside", () => {
  const config = {
    port: 4600,
    apiToken: "abc",
    databaseUrl: "postgresql://me:p%40ss@db:5432/sweeps?sslmode=require",
    redis: { url: "redis://:hunter2@cache:6379", password: "hunter2" },
    mirrors: ["https://user:pw@one.example", "https://two.example"],
    absent: undefined,
  };
  expect(describeConfig(config)).toEqual({
    port: 4600,
    apiToken: "***",
    databaseUrl: "postgresql://me:***@db:5432/sweeps?sslmode=require",
    redis: { url: "redis://:***@cache:6379", password: "***" },
    mirrors: ["https://user:***@one.example", "https://two.example"],
    absent: undefined,
  });
  expect(config.redis.password).toBe("hunter2");
});
