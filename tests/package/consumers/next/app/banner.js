"use client";

import { useEffect, useState } from "react";
import { program } from "../program.mjs";

export function Banner() {
  const [answer, setAnswer] = useState();
  useEffect(() => {
    program({ plan: "/regulars.plan" }).then(setAnswer, (error) => setAnswer({ error: String(error?.stack ?? error) }));
  }, []);
  return <p data-banner data-answer={answer && JSON.stringify(answer)}>{answer ? "known" : "not yet known"}</p>;
}
