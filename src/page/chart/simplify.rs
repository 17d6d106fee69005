use super::shape::Point;

/// Leaves out the points of a line that lie within `tolerance` of the rest
/// (Ramer–Douglas–Peucker): plotters draws an arc as thousands of them.
pub(super) fn simplify(points: &[Point], tolerance: f64) -> Vec<Point> {
    if points.len() < 3 {
        return points.to_vec();
    }
    let mut keep = vec![false; points.len()];
    keep[0] = true;
    keep[points.len() - 1] = true;
    let mut spans = vec![(0, points.len() - 1)];
    while let Some((first, last)) = spans.pop() {
        let farthest = (first + 1..last)
            .map(|index| (distance(points[index], points[first], points[last]), index))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((distance, index)) = farthest
            && distance > tolerance
        {
            keep[index] = true;
            spans.push((first, index));
            spans.push((index, last));
        }
    }
    points.iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| *point).collect()
}

/// How far `point` is from the line piece between `from` and `to`.
fn distance(point: Point, from: Point, to: Point) -> f64 {
    let vector = |a: Point, b: Point| (f64::from(b.0 - a.0), f64::from(b.1 - a.1));
    let (line, arm) = (vector(from, to), vector(from, point));
    let length = line.0 * line.0 + line.1 * line.1;
    let along = if length > 0.0 {
        ((arm.0 * line.0 + arm.1 * line.1) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (arm.0 - along * line.0).hypot(arm.1 - along * line.1)
}

#[cfg(test)]
mod tests {
    use super::simplify;

    #[test]
    fn a_straight_line_keeps_its_ends() {
        let line: Vec<_> = (0..100).map(|x| (x, x)).collect();
        assert_eq!(simplify(&line, 0.5), [(0, 0), (99, 99)]);
    }

    #[test]
    fn a_corner_stays() {
        assert_eq!(
            simplify(&[(0, 0), (5, 0), (10, 0), (10, 10)], 1.0),
            [(0, 0), (10, 0), (10, 10)]
        );
    }

    #[test]
    fn a_closed_outline_is_not_lost() {
        let square = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)];
        assert_eq!(simplify(&square, 1.0), square);
    }
}
